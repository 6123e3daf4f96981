namespace NetGen.Data;

/// <summary>
/// The categories of a column, numbered in order: as numbers if all of them are, as texts otherwise. Numbers that are equal are one category,
/// however they are written: <c>1</c>, <c>1.0</c> and <c>01</c>.
/// </summary>
internal sealed class CsvCategories
{
    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<decimal, int>? _numbers;
    private readonly CsvNumbers _format;

    /// <param name="texts">The column's texts.</param>
    /// <param name="format">How numbers are written.</param>
    internal CsvCategories(IEnumerable<string> texts, CsvNumbers format)
    {
        _format = format;
        string[] distinct = [.. texts.Distinct(StringComparer.Ordinal)];
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
            Texts = [.. distinct.Order(StringComparer.Ordinal)];
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
        return _numbers is not null && _format.TryParse(text, out decimal number) ? _numbers.GetValueOrDefault(number, -1) : -1;
    }

    private decimal Number(string text) => _format.TryParse(text, out decimal number) ? number : throw new FormatException(text);
}
