"""What a person does, as Python: open a workspace, answer, review and diagnose an initiative, make documents.

Everything here gives values and sentences back. It never prints, asks or ends the program.
"""
