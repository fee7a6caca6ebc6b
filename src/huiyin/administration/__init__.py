"""The faces of whoever runs the system: administrator, security officer, auditor."""
