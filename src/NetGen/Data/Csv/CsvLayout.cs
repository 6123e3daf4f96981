namespace NetGen.Data;

/// <summary>Where in a table the columns of inputs and targets are.</summary>
internal sealed class CsvLayout
{
    private CsvLayout((int Column, CsvInputKind Kind)[] inputs, int[] targets, int[] ignored)
    {
        Inputs = inputs;
        Targets = targets;
        Ignored = ignored;
    }

    /// <summary>The columns of inputs, in the order of the inputs.</summary>
    internal (int Column, CsvInputKind Kind)[] Inputs { get; }

    /// <summary>The columns of targets; none for samples without targets.</summary>
    internal int[] Targets { get; }

    internal int[] Ignored { get; }

    /// <summary>All columns that are read, and whether a mean may take the place of what is missing in them.</summary>
    internal IEnumerable<(int Column, bool HasMean)> Used =>
        Inputs.Select(input => (input.Column, input.Kind == CsvInputKind.Number)).Concat(Targets.Select(column => (column, false)));

    /// <summary>The layout that the options ask for.</summary>
    internal static CsvLayout Of(CsvTable table, CsvOptions options)
    {
        bool hasTargets = options.Targets != TargetKind.None;
        int[] targets = hasTargets ? Find(table, options.TargetColumns) : [];
        int[] oneHot = Find(table, options.OneHot), ids = Find(table, options.Ids), ignored = Find(table, options.Ignore);
        int[] named = [.. targets, .. oneHot, .. ids, .. ignored];
        if (named.Distinct().Count() < named.Length)
            throw new ArgumentException("A column is a target, one-hot, an id or ignored, but only one of them.", nameof(options));

        bool fits = options.Targets == TargetKind.Classes ? targets.Length == 1 : targets.Length >= 1 || !hasTargets;
        if (!fits)
            throw new ArgumentException($"Targets of kind {options.Targets} do not have {targets.Length} columns.", nameof(options));

        (int, CsvInputKind)[] inputs = [.. Enumerable.Range(0, table.Names.Length).Except(targets).Except(ignored).Select(column => (column,
            oneHot.Contains(column) ? CsvInputKind.OneHot : ids.Contains(column) ? CsvInputKind.Id : CsvInputKind.Number))];
        if (inputs.Length == 0)
        {
            string hint = CsvHints.OfAny(table.HasHeader ? table.Names.Concat(table.Rows[0]) : table.Rows[0], options);
            throw new InvalidDataException($"{table.Path} has no column of inputs beside its targets.{hint}");
        }

        return new CsvLayout(inputs, targets, ignored);
    }

    /// <summary>The layout of a table that is to become what another one did: the same columns, wherever they are.</summary>
    /// <exception cref="InvalidDataException">A column is missing, or one is there that the other table had not.</exception>
    internal static CsvLayout Of(CsvTable table, CsvOptions options, CsvSchema known)
    {
        CheckKinds(table, options, known);
        (int, CsvInputKind)[] inputs = [.. known.Inputs.Select(input => (Place(input.Column), input.Kind))];
        int[] targets = ReferenceEquals(options.TargetColumns, CsvOptions.LastColumn)
            ? [.. known.TargetColumns.Select(name => Array.IndexOf(table.Names, name))]
            : Find(table, options.TargetColumns);
        if (targets.All(column => column < 0))
            targets = [];
        int lost = Array.FindIndex(targets, column => column < 0);
        if (lost >= 0)
            throw Missing(known.TargetColumns[lost]);
        if (targets.Length > 0 && targets.Length != known.TargetColumns.Count)
        {
            throw new ArgumentException(
                $"The file whose encoding is used has {known.TargetColumns.Count} columns of targets, found {targets.Length}.", nameof(options));
        }

        int[] ignored =
            [.. Find(table, options.Ignore), .. known.Ignored.Select(name => Array.IndexOf(table.Names, name)).Where(column => column >= 0)];
        int[] others = [.. Enumerable.Range(0, table.Names.Length)
            .Except(inputs.Select(input => input.Item1)).Except(targets).Except(ignored)];
        if (others.Length > 0)
        {
            throw new InvalidDataException(
                $"{table.Path} has a column '{table.Names[others[0]]}' that the file whose encoding is used has not; "
                + $"{nameof(CsvOptions)}.{nameof(CsvOptions.Ignore)} leaves it out.");
        }

        return new CsvLayout(inputs, targets, ignored);

        int Place(string name) => Array.IndexOf(table.Names, name) is >= 0 and int place ? place : throw Missing(name);

        InvalidDataException Missing(string name) => new(
            $"{table.Path} has no column '{name}', which the file whose encoding is used has; its columns are {table.Columns}.");
    }

    private static int[] Find(CsvTable table, IReadOnlyList<CsvColumn> columns) => [.. columns.Select(column => column.Find(table))];

    /// <summary>What options say of columns beside an encoding must be what the encoding says.</summary>
    private static void CheckKinds(CsvTable table, CsvOptions options, CsvSchema known)
    {
        Check(options.OneHot, CsvInputKind.OneHot);
        Check(options.Ids, CsvInputKind.Id);

        void Check(IReadOnlyList<CsvColumn> columns, CsvInputKind kind)
        {
            foreach (int column in Find(table, columns))
            {
                string name = table.Names[column];
                if (!known.Inputs.Any(input => input.Column == name && input.Kind == kind))
                    throw new InvalidDataException(
                        $"{table.Path}: the file whose encoding is used has no column '{name}' of "
                        + $"{(kind == CsvInputKind.Id ? "ids" : "one-hot categories")}.");
            }
        }
    }
}
