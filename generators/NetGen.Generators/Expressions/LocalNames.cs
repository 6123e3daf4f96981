namespace NetGen.Generators.Expressions;

/// <summary>The names taken in one method body, so that generated locals are unique by construction.</summary>
internal sealed class LocalNames(params IEnumerable<string> taken)
{
    private readonly HashSet<string> _taken = new(taken, StringComparer.Ordinal);

    // Below these, the numbers behind a stem are taken: names are never given back.
    private readonly Dictionary<string, int> _free = new(StringComparer.Ordinal);

    /// <summary>The names of a method within a type whose names are taken everywhere.</summary>
    public LocalNames(LocalNames around)
        : this(around._taken)
    {
    }

    public void Take(string name) => _taken.Add(name);

    /// <summary><paramref name="stem"/> itself if it is free, otherwise with the first free number from 2 on.</summary>
    public string Unique(string stem)
    {
        if (_taken.Add(stem))
            return stem;
        int number = _free.TryGetValue(stem, out int free) ? free : 2;
        while (!_taken.Add(stem + number))
            number++;
        _free[stem] = number + 1;
        return stem + number;
    }
}
