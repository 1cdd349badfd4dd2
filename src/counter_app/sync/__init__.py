"""The exchange with the central server: HTTP, scheduling, lanes; fulfils `services.sync_control`."""
