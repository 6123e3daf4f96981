namespace NetGen.Data;

/// <summary>One reading of a table: turns rows into numbers as a schema says.</summary>
internal sealed class CsvReading
{
    private readonly CsvTable _table;
    private readonly CsvOptions _options;
    private readonly CsvNumbers _numbers;
    private readonly HashSet<string> _marks;
    private readonly CsvLayout _layout;

    internal CsvReading(string path, CsvOptions options)
    {
        options.Validate();
        _options = options;
        _numbers = new CsvNumbers(options.DecimalSeparator);
        _marks = new HashSet<string>(options.MissingMarks, StringComparer.Ordinal);
        _table = CsvTable.Read(path, options, _numbers);
        _layout = options.EncodingOf is { } known ? CsvLayout.Of(_table, options, known.Schema) : CsvLayout.Of(_table, options);
    }

    internal CsvData Read()
    {
        int[] rows = [.. Enumerable.Range(0, _table.Rows.Count).Where(IsKept)];
        if (rows.Length == 0)
            throw new InvalidDataException($"{_table.Path}: something is missing in every row.");

        CsvSchema schema = _options.EncodingOf?.Schema ?? Learn(rows);
        int width = schema.Inputs.Sum(input => input.Names.Count());
        var inputs = new float[checked(rows.Length * width)];
        int next = 0;
        foreach (int row in rows)
        {
            for (int i = 0; i < _layout.Inputs.Length; i++)
                next += Write(row, _layout.Inputs[i].Column, schema.Inputs[i], inputs.AsSpan(next));
        }

        return new CsvData(Samples(rows, inputs, width, schema), schema);
    }

    private MemoryDataset Samples(int[] rows, float[] inputs, int width, CsvSchema schema)
    {
        if (_layout.Targets.Length == 0)
            return new MemoryDataset(inputs, [width]);
        if (schema.TargetKind == TargetKind.Values)
            return new MemoryDataset(
                inputs, [width], [.. rows.SelectMany(row => _layout.Targets.Select(column => Parse(row, column)))], _layout.Targets.Length);

        int[] classes = [.. rows.Select(row => Number(row, _layout.Targets[0], schema.Classes!, "class"))];
        return new MemoryDataset(inputs, [width], classes, schema.Classes!.Texts.Count);
    }

    /// <summary>Finds categories, classes and means.</summary>
    private CsvSchema Learn(int[] rows)
    {
        CsvInput[] inputs = [.. _layout.Inputs.Select(input => input.Kind == CsvInputKind.Number
            ? new CsvInput(_table.Names[input.Column], input.Kind, null, MeanOf(input.Column, rows))
            : new CsvInput(_table.Names[input.Column], input.Kind, Distinct(input.Column, rows), float.NaN))];
        return new CsvSchema(
            inputs,
            _options.Targets,
            [.. _layout.Targets.Select(column => _table.Names[column])],
            _options.Targets == TargetKind.Classes ? Distinct(_layout.Targets[0], rows) : null,
            [.. _layout.Ignored.Select(column => _table.Names[column])]);
    }

    private CsvCategories Distinct(int column, int[] rows) => new(rows.Select(row => _table.Rows[row][column]), _numbers);

    private bool IsMissing(int row, int column) => _marks.Contains(_table.Rows[row][column]);

    private bool IsKept(int row)
    {
        foreach ((int column, bool hasMean) in _layout.Used)
        {
            if (!IsMissing(row, column))
                continue;
            if (_options.Missing == CsvMissing.Refuse)
            {
                throw new InvalidDataException(
                    $"{_table.Where(row, column)}: the value is missing (found '{_table.Rows[row][column]}'). "
                    + $"{nameof(CsvOptions)}.{nameof(CsvOptions.Missing)} says what to do about that.");
            }

            if (_options.Missing == CsvMissing.SkipRow || !hasMean)
                return false;
        }

        return true;
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

    /// <summary>Writes what one field becomes; returns how many numbers that is.</summary>
    private int Write(int row, int column, CsvInput input, Span<float> inputs)
    {
        if (input.Kind == CsvInputKind.Number)
        {
            inputs[0] = IsMissing(row, column) ? input.Mean : Parse(row, column);
            return 1;
        }

        int number = Number(row, column, input.Categories!, "category");
        if (input.Kind == CsvInputKind.Id)
        {
            inputs[0] = number;
            return 1;
        }

        inputs[number] = 1;
        return input.Categories!.Texts.Count;
    }

    private int Number(int row, int column, CsvCategories categories, string what)
    {
        string text = _table.Rows[row][column];
        int number = categories.IndexOf(text);
        return number >= 0
            ? number
            : throw new InvalidDataException(
                $"{_table.Where(row, column)}: the {what} '{text}' is not one of {string.Join(", ", categories.Texts)}.");
    }

    private float Parse(int row, int column)
    {
        string text = _table.Rows[row][column];
        if (_numbers.TryParse(text, out float value))
            return value;
        string hint = CsvHints.Of(text, _options);
        if (hint.Length == 0 && !_layout.Targets.Contains(column) && text.Any(char.IsLetter))
        {
            hint = $" If the column holds categories, {nameof(CsvOptions)}.{nameof(CsvOptions.OneHot)} makes an input of each, and "
                + $"{nameof(CsvOptions.Ignore)} leaves the column out.";
        }

        throw new InvalidDataException($"{_table.Where(row, column)}: expected a number, found '{text}'.{hint}");
    }
}
