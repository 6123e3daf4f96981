using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission.Kernels;

/// <summary>
/// Writes transforms of squares: the matrix down the columns, whose results stay in registers, then along the rows, where each element goes
/// through the epilogue as soon as it is there.
/// </summary>
internal sealed class TransformEmitter
{
    private const string Channel = "c";

    private readonly SourceWriter _writer;
    private readonly TransformKernel _kernel;
    private readonly VectorDialect _dialect;
    private readonly Dictionary<TransformOperand, string> _references;
    private readonly LocalNames _names;
    private readonly string _lane;

    private TransformEmitter(SourceWriter writer, TransformKernel kernel)
    {
        _writer = writer;
        _kernel = kernel;
        _dialect = kernel.IsVectorised ? VectorDialect.Any : VectorDialect.Scalar;
        _references = kernel.Operands.ToDictionary(operand => operand, operand => operand.Name);
        _names = new LocalNames(
            ["lanes", "from", "to", .. kernel.Operands.Select(operand => operand.Name), .. kernel.Axes.Select(axis => axis.Name)]);
        _lane = _names.Unique(kernel.Axes.Any(axis => axis.Name == Channel) ? "o" : Channel);
    }

    public static void WriteBody(SourceWriter writer, TransformKernel kernel) => new TransformEmitter(writer, kernel).Write();

    private void Write()
    {
        if (_kernel.IsVectorised)
            _writer.Line("nuint lanes = (nuint)V.Count;");
        WriteLoops(0);
    }

    private void WriteLoops(int level)
    {
        if (level == _kernel.Axes.Count)
        {
            using (_writer.Open($"for (nuint {_lane} = 0; {_lane} < {_kernel.Lanes}; {_lane}{(_kernel.IsVectorised ? " += lanes" : "++")})"))
                WriteSquare();
            return;
        }

        TransformAxis axis = _kernel.Axes[level];
        if (axis.Extent == 1 && level > 0)
        {
            WriteLoops(level + 1);
            return;
        }

        string range = level == 0 ? $"{axis.Name} = from; {axis.Name} < to" : $"{axis.Name} = 0; {axis.Name} < {axis.Extent}";
        using (_writer.Open($"for (int {range}; {axis.Name}++)"))
        {
            string line = axis.Name;
            if (axis.ReachesBack)
            {
                line = _names.Unique($"{axis.Name}Line");
                _writer.Line($"int {line} = Math.Min({axis.Step} * {axis.Name}, {axis.Last});");
            }

            foreach (TransformOperand operand in _kernel.Operands.Where(operand => operand.Strides[level] != 0))
            {
                string before = _references[operand];
                string name = _references[operand] = _names.Unique(before + axis.Name.Capitalised());
                int stride = operand.Strides[level] * (operand.IsImage && !axis.ReachesBack ? axis.Step : 1);
                string place = $"{(axis.IsDynamic ? "(nint)" : "")}{(operand.IsImage ? line : axis.Name)} * {stride}";
                _writer.Line($"ref float {name} = ref Unsafe.Add(ref {before}, {place});");
            }

            WriteLoops(level + 1);
        }
    }

    private void WriteSquare()
    {
        TileMatrix matrix = _kernel.Matrix;
        string[,] columns = new string[matrix.Rows, matrix.Columns];
        var linear = new ExpressionEmitter(_dialect, _names);
        Expression[] rows = [.. Enumerable.Range(0, matrix.Rows).Select(row => RowOf(matrix, row))];
        for (int v = 0; v < matrix.Columns; v++)
        {
            var variables = new Dictionary<string, string>();
            for (int u = 0; u < matrix.Columns; u++)
            {
                string name = variables[$"{u}"] = _names.Unique($"{_kernel.Source.Name}{u}{v}");
                _writer.Line($"{_dialect.Type} {name} = {Load(_kernel.Source, u, v)};");
            }

            EmittedCode code = linear.Emit(variables, rows);
            _writer.Lines(code.Statements);
            for (int i = 0; i < matrix.Rows; i++)
            {
                columns[i, v] = _names.Unique($"t{i}{v}");
                _writer.Line($"{_dialect.Type} {columns[i, v]} = {code.Values[i]};");
            }
        }

        for (int i = 0; i < matrix.Rows; i++)
        {
            Dictionary<string, string> variables = Enumerable.Range(0, matrix.Columns).ToDictionary(v => $"{v}", v => columns[i, v]);
            EmittedCode code = linear.Emit(variables, rows);
            _writer.Lines(code.Statements);
            for (int j = 0; j < matrix.Rows; j++)
                WriteElement(code.Values[j], i, j);
        }
    }

    private static Expression RowOf(TileMatrix matrix, int row)
    {
        Expression sum = Functions.Constant(0);
        for (int column = 0; column < matrix.Columns; column++)
            sum += matrix[row, column] * Functions.Variable($"{column}");
        return Simplifier.Simplify(sum);
    }

    private void WriteElement(string value, int i, int j)
    {
        Expression[] results = [.. _kernel.Results.Select(result => result.Value)];
        string[] values = [value];
        if (_kernel.Start is not null || !(results.Length == 1 && results[0] is Variable(Kernel.Sum)))
        {
            string z = _names.Unique($"{Kernel.Sum}{i}{j}");
            _writer.Line($"{_dialect.Type} {z} = {value}{(_kernel.Start is { } start ? $" + {Load(start, i, j)}" : "")};");
            var variables = new Dictionary<string, string> { [Kernel.Sum] = z };
            foreach (TransformOperand read in _kernel.Reads)
            {
                string name = variables[read.Name] = _names.Unique($"{read.Name}{i}{j}");
                _writer.Line($"{_dialect.Type} {name} = {Load(read, i, j)};");
            }

            EmittedCode code = new ExpressionEmitter(_dialect, _names).Emit(variables, results);
            _writer.Lines(code.Statements);
            values = [.. code.Values];
        }

        for (int k = 0; k < values.Length; k++)
        {
            TransformOperand target = _kernel.Results[k].Operand;
            _writer.Line(_dialect.Store(values[k], _references[target], Place(target, i, j)) + ";");
        }
    }

    private string Load(TransformOperand operand, int row, int column) => operand.Lane != 0
        ? _dialect.Load(_references[operand], Place(operand, row, column))
        : _dialect.Broadcast($"Unsafe.Add(ref {_references[operand]}, {row * operand.Down + column * operand.Across})");

    private string Place(TransformOperand operand, int row, int column) => _dialect.Place(
        operand.Lane == 1 ? _lane : $"{operand.Lane} * {_lane}", row * operand.Down + column * operand.Across, 0);
}
