"""What counters report, in the office's order, what it adds up to, and handing it on to other counters."""
