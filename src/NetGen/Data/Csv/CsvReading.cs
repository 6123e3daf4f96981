using System.Globalization;

namespace NetGen.Data;

/// <summary>One reading of a table: decides what each column is, then turns rows into numbers.</summary>
internal sealed class CsvReading
{
    private readonly CsvTable _table;
    private readonly CsvOptions _options;
    private readonly HashSet<string> _marks;
    private readonly int[] _targets;
    private readonly HashSet<int> _oneHot;
    private readonly HashSet<int> _ids;
    private readonly int[] _inputs;
    private readonly Dictionary<string, string[]> _categories = new(StringComparer.Ordinal);
    private readonly Dictionary<string, float> _means = new(StringComparer.Ordinal);

    internal CsvReading(CsvTable table, CsvOptions options)
    {
        _table = table;
        _options = options;
        _marks = new HashSet<string>(options.MissingMarks, StringComparer.Ordinal);
        _targets = Find(options.TargetColumns);
        _oneHot = [.. Find(options.OneHot)];
        _ids = [.. Find(options.Ids)];
        int[] ignored = Find(options.Ignore);
        int[] named = [.. _targets, .. _oneHot, .. _ids, .. ignored];
        if (named.Distinct().Count() < named.Length)
            throw new ArgumentException("A column is a target, one-hot, an id or ignored, but only one of them.", nameof(options));

        bool fits = options.Targets == TargetKind.Classes ? _targets.Length == 1 : _targets.Length >= 1;
        if (!fits || options.Targets == TargetKind.None)
            throw new ArgumentException($"Targets of kind {options.Targets} do not have {_targets.Length} columns.", nameof(options));

        _inputs = [.. Enumerable.Range(0, table.Names.Length).Except(_targets).Except(ignored)];
        if (_inputs.Length == 0)
            throw new InvalidDataException($"{table.Path} has no column of inputs beside its targets.");
    }

    internal CsvData Read()
    {
        int[] rows = [.. Enumerable.Range(0, _table.Rows.Count).Where(IsKept)];
        if (rows.Length == 0)
            throw new InvalidDataException($"{_table.Path}: something is missing in every row.");

        bool hasClasses = _options.Targets == TargetKind.Classes;
        foreach (int column in _inputs)
        {
            if (_oneHot.Contains(column) || _ids.Contains(column))
                _categories[_table.Names[column]] = Known(column)?.Categories[_table.Names[column]] ?? Distinct(column, rows);
            else
                _means[_table.Names[column]] = Known(column)?.Means[_table.Names[column]] ?? MeanOf(column, rows);
        }

        string[] classNames = !hasClasses ? []
            : _options.EncodingOf is { } known ? [.. known.ClassNames] : Distinct(_targets[0], rows);
        var inputNames = _inputs.SelectMany(InputNames).ToArray();
        var inputs = new float[checked(rows.Length * inputNames.Length)];
        int next = 0;
        foreach (int row in rows)
        {
            foreach (int column in _inputs)
                next += Write(row, column, inputs.AsSpan(next));
        }

        MemoryDataset samples;
        if (hasClasses)
        {
            int[] classes = [.. rows.Select(row => Number(row, _targets[0], classNames, "class"))];
            samples = new MemoryDataset(inputs, [inputNames.Length], classes, classNames.Length);
        }
        else
        {
            float[] targets = [.. rows.SelectMany(row => _targets.Select(column => Parse(row, column)))];
            samples = new MemoryDataset(inputs, [inputNames.Length], targets, _targets.Length);
        }

        return new CsvData(samples, inputNames, classNames, _categories, _means);
    }

    private int[] Find(IReadOnlyList<CsvColumn> columns) =>
        [.. columns.Select(column => column.Find(_table.Path, _table.Names, _options.HasHeader))];

    private bool IsMissing(int row, int column) => _marks.Contains(_table.Rows[row][column]);

    private bool IsKept(int row)
    {
        foreach (int column in _inputs.Concat(_targets))
        {
            if (!IsMissing(row, column))
                continue;
            if (_options.Missing == CsvMissing.Refuse)
            {
                throw new InvalidDataException(
                    $"{_table.Where(row, column)}: the value is missing (found '{_table.Rows[row][column]}'). {nameof(CsvOptions)}.{nameof(CsvOptions.Missing)} says what to do about that.");
            }

            bool hasMean = _inputs.Contains(column) && !_oneHot.Contains(column) && !_ids.Contains(column);
            if (_options.Missing == CsvMissing.SkipRow || !hasMean)
                return false;
        }

        return true;
    }

    /// <summary>The earlier file that says how a column is encoded, if there is one.</summary>
    private CsvData? Known(int column)
    {
        string name = _table.Names[column];
        bool isCategory = _oneHot.Contains(column) || _ids.Contains(column);
        if (_options.EncodingOf is not { } known)
            return null;
        if (isCategory ? known.Categories.ContainsKey(name) : known.Means.ContainsKey(name))
            return known;

        throw new InvalidDataException(
            $"{_table.Path}: the file whose encoding is used has no column '{name}' of {(isCategory ? "categories" : "numbers")}.");
    }

    private string[] Distinct(int column, int[] rows)
    {
        string[] texts = [.. rows.Select(row => _table.Rows[row][column]).Distinct(StringComparer.Ordinal)];
        bool areNumbers = texts.All(text => TryParse(text, out _));
        return areNumbers
            ? [.. texts.OrderBy(text => double.Parse(text, CultureInfo.InvariantCulture)).ThenBy(text => text, StringComparer.Ordinal)]
            : [.. texts.Order(StringComparer.Ordinal)];
    }

    private float MeanOf(int column, int[] rows)
    {
        double sum = 0;
        int count = 0;
        foreach (int row in rows)
        {
            if (!IsMissing(row, column))
            {
                sum += Parse(row, column);
                count++;
            }
        }

        return count == 0
            ? throw new InvalidDataException($"{_table.Path}: column {column + 1} ({_table.Names[column]}) has no number at all; ignore it.")
            : (float)(sum / count);
    }

    private IEnumerable<string> InputNames(int column)
    {
        string name = _table.Names[column];
        return _oneHot.Contains(column) ? _categories[name].Select(category => $"{name}={category}") : [name];
    }

    /// <summary>Writes what one field becomes; returns how many numbers that is.</summary>
    private int Write(int row, int column, Span<float> inputs)
    {
        string name = _table.Names[column];
        if (_oneHot.Contains(column))
        {
            string[] categories = _categories[name];
            inputs[Number(row, column, categories, "category")] = 1;
            return categories.Length;
        }

        inputs[0] = _ids.Contains(column) ? Number(row, column, _categories[name], "category")
            : IsMissing(row, column) ? _means[name]
            : Parse(row, column);
        return 1;
    }

    private int Number(int row, int column, string[] texts, string what)
    {
        string text = _table.Rows[row][column];
        int number = Array.IndexOf(texts, text);
        return number >= 0
            ? number
            : throw new InvalidDataException($"{_table.Where(row, column)}: the {what} '{text}' is not one of {string.Join(", ", texts)}.");
    }

    private float Parse(int row, int column)
    {
        string text = _table.Rows[row][column];
        return TryParse(text, out float value)
            ? value
            : throw new InvalidDataException($"{_table.Where(row, column)}: expected a number, found '{text}'.");
    }

    private static bool TryParse(string text, out float value) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && float.IsFinite(value);
}
