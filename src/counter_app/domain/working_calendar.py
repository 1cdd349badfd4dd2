"""Working days and sessions of an office: which moments count towards a time limit.

Built from resources/calendars by the catalogue; see rules.md "Working calendar".
"""
