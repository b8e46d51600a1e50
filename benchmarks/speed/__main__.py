"""`python -m benchmarks.speed`: see `measure`."""

from benchmarks.speed.measure import main

if __name__ == "__main__":
    main()
