namespace NetGen.Data;

/// <summary>
/// The categories of a column, numbered in order: as numbers if all of them are, as texts otherwise. Numbers that are equal are one category,
/// however they are written: <c>1</c>, <c>1.0</c> and <c>01</c>; so are truth values: <c>True</c> and <c>true</c>, false before true. Other words are
/// what they are, letter by letter: whether <c>US</c> and <c>us</c> are the same only a reader knows.
/// </summary>
internal sealed class CsvCategories
{
    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<decimal, int>? _numbers;
    private readonly Dictionary<bool, string>? _truths;
    private readonly CsvNumbers _format;

    /// <param name="texts">The column's texts.</param>
    /// <param name="format">How numbers are written.</param>
    internal CsvCategories(IEnumerable<string> texts, CsvNumbers format)
    {
        _format = format;
        string[] distinct = [.. texts.Distinct(StringComparer.Ordinal)];
        string[] truths = [.. distinct.Where(IsTruth)];
        if (distinct.All(text => format.TryParse(text, out decimal _)))
        {
            _numbers = [];
            // The shortest way to write a number stands for it.
            Texts = [.. distinct.GroupBy(Number).OrderBy(group => group.Key)
                .Select(group => group.OrderBy(text => text.Length).ThenBy(text => text, StringComparer.Ordinal).First())];
            for (int i = 0; i < Texts.Count; i++)
                _numbers.Add(Number(Texts[i]), i);
        }
        else
        {
            // Of several ways to write a truth value the most usual stands for it: True and true before TRUE.
            string[] chosen = [.. truths.GroupBy(Truth).OrderBy(group => group.Key)
                .Select(group => group.OrderBy(text => text.Length).ThenByDescending(text => text, StringComparer.Ordinal).First())];
            _truths = chosen.ToDictionary(Truth, text => text);
            Texts = [.. chosen, .. distinct.Except(truths).Order(StringComparer.Ordinal)];
            if (chosen.Length < Texts.Count)
                Texts = [.. Texts.Order(StringComparer.Ordinal)];
        }

        for (int i = 0; i < Texts.Count; i++)
            _texts.Add(Texts[i], i);
    }

    /// <summary>The categories' texts, in the order of their numbers.</summary>
    internal IReadOnlyList<string> Texts { get; }

    /// <summary>The number of a category, or −1 if it is none.</summary>
    internal int IndexOf(string text)
    {
        if (_texts.TryGetValue(text, out int index))
            return index;
        if (_truths is not null && IsTruth(text))
            return _truths.TryGetValue(Truth(text), out string? written) ? _texts[written] : -1;
        return _numbers is not null && _format.TryParse(text, out decimal number) ? _numbers.GetValueOrDefault(number, -1) : -1;
    }

    private static bool IsTruth(string text) => bool.TryParse(text, out _);

    private static bool Truth(string text) => bool.Parse(text);

    private decimal Number(string text) => _format.TryParse(text, out decimal number) ? number : throw new FormatException(text);
}
