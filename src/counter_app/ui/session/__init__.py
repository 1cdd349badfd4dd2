"""Who is at the window: signing in, the locked screen, the change of clerks, the end of a shift."""
