"""Forms of the dialogue: what is asked, how an answer is read, what comes next. Pure functions."""
