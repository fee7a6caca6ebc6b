"""Who is a member: rounds of confirmation, hints that cite the law, appeals."""
