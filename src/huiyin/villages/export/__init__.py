"""What the provincial platform is given: one workbook; its sheets and columns have lasting codes."""
