using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;
using NetGen.Generators.Planning;

namespace NetGen.Generators.Emission;

/// <summary>
/// Writes poolings of images whose columns lie along the vector. A step of two reads two vectors and takes every second
/// column; other steps, and windows that a border cuts, go element by element.
/// </summary>
internal sealed class ColumnWindowEmitter
{
    private readonly SourceWriter _writer;
    private readonly WindowKernel _kernel;
    private readonly WindowGeometry _geometry;
    private readonly VectorDialect _dialect;

    public ColumnWindowEmitter(SourceWriter writer, WindowKernel kernel, VectorDialect dialect)
    {
        _writer = writer;
        _kernel = kernel;
        _geometry = kernel.Geometry;
        bool isVector = !IsClipped && (kernel.IsBackward ? IsPairwise && Stores : _geometry.StrideWidth is 1 or 2);
        _dialect = isVector ? dialect : VectorDialect.Scalar;
    }

    private bool IsClipped => _geometry.PadTop > 0 || _geometry.PadLeft > 0;

    private bool IsPairwise => _geometry is { StrideWidth: 2, Width: 2 };

    // Windows that tile their input write every element once; others add up.
    private bool Stores => _geometry.Tiles(_kernel.Source) && _kernel.SourceGradientLayout.Border is { SpaceX: 1, SpaceY: 1 };

    public void Write()
    {
        string[] operands = [.. WindowEmitter.Parameters(_kernel)];
        using (_writer.Open("for (int s = from; s < to; s++)"))
        {
            foreach (string operand in operands)
                _writer.Line($"ref float {operand}S = ref Unsafe.Add(ref {operand}, (nint)s * {WindowEmitter.StrideOf(_kernel, operand)});");
            if (_kernel.IsBackward && !(Stores && (!_dialect.IsScalar || _kernel.Kind == WindowKind.Average)))
                _writer.Line($"global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref dxS, {_kernel.SourceGradientLayout.Size}).Clear();");
            using (_writer.Open($"for (int c = 0; c < {_kernel.Output[0]}; c++)"))
            using (_writer.Open($"for (int i = 0; i < {_kernel.Output[1]}; i++)"))
            {
                if (IsClipped)
                    WindowEmitter.WriteClip(_writer, "i", "top", "bottom", _geometry.StrideHeight, _geometry.PadTop, _geometry.Height, _kernel.Source[1]);
                foreach (string operand in operands)
                    WriteRowReference(operand);
                WriteColumns();
            }
        }
    }

    private void WriteRowReference(string operand)
    {
        Layout layout = WindowEmitter.LayoutOf(_kernel, operand);
        string row = operand is "y" or "dy" ? $" + i * {layout.Stride(1)}" : IsClipped ? "" : $" + i * {_geometry.StrideHeight * layout.Stride(1)}";
        string origin = layout.Origin == 0 ? "" : $" + {layout.Origin}";
        _writer.Line($"ref float {operand}I = ref Unsafe.Add(ref {operand}S, c * {layout.Stride(0)}{row}{origin});");
    }

    private void WriteColumns()
    {
        int columns = _kernel.Output[2];
        int lanes = _dialect.Width;
        // Backward, zeros behind a row of gradients become zeros; forward, nothing may stand behind a row that ends in zeros.
        bool isExact = !_kernel.IsBackward && _kernel.OutputLayout.IsExact;
        if (isExact && columns % lanes != 0)
        {
            int whole = columns / lanes * lanes;
            if (whole > 0)
                WriteLoop(_dialect, whole);
            if (columns >= lanes)
                WriteAt(_dialect, $"{columns - lanes}");
            else
                WriteLoop(VectorDialect.Scalar, columns);
            return;
        }

        WriteLoop(_dialect, Layout.RoundUp(columns, lanes));
    }

    private void WriteLoop(VectorDialect dialect, int end)
    {
        using (_writer.Open($"for (int j = 0; j < {end}; j += {dialect.Width})"))
        {
            if (IsClipped)
                WindowEmitter.WriteClip(_writer, "j", "left", "right", _geometry.StrideWidth, _geometry.PadLeft, _geometry.Width, _kernel.Source[2]);
            WriteWindow(dialect, "j");
        }
    }

    private void WriteAt(VectorDialect dialect, string column)
    {
        using (_writer.Open())
        {
            _writer.Line($"const int j = {column};");
            WriteWindow(dialect, "j");
        }
    }

    private void WriteWindow(VectorDialect dialect, string column)
    {
        foreach (string operand in WindowEmitter.Parameters(_kernel))
        {
            Layout layout = WindowEmitter.LayoutOf(_kernel, operand);
            string at = operand is "y" or "dy" ? $"{column} * {layout.Stride(2)}" : IsClipped ? "0" : $"{column} * {_geometry.StrideWidth * layout.Stride(2)}";
            _writer.Line($"ref float {operand}J = ref Unsafe.Add(ref {operand}I, {at.Replace(" * 1", "")});");
        }

        if (!_kernel.IsBackward)
            WriteForward(dialect);
        else if (dialect.IsScalar)
            WriteBackwardScalar();
        else
            WriteBackwardPairs(dialect);
    }

    private void WriteForward(VectorDialect dialect)
    {
        bool isMax = _kernel.Kind == WindowKind.Max;
        _writer.Line($"{dialect.Type} value = {(isMax ? dialect.Constant(double.NegativeInfinity) : dialect.Zero)};");
        ForEachTap((row, column) =>
        {
            string element = Tap(dialect, row, column);
            _writer.Line(isMax ? $"value = {dialect.Max(element, "value")};" : $"value += {element};");
        });
        _writer.Line(dialect.Store(isMax ? "value" : dialect.IsScalar ? $"value * {Divisor(dialect)}" : $"(value * {Divisor(dialect)})", "yJ", "0") + ";");
    }

    /// <summary>What a tap reads for all the windows of a vector.</summary>
    private string Tap(VectorDialect dialect, string row, string column)
    {
        Layout layout = _kernel.SourceLayout;
        if (dialect.IsScalar || _geometry.StrideWidth == 1)
            return dialect.Load("xJ", Offset(layout, row, column));
        int v = int.Parse(column, System.Globalization.CultureInfo.InvariantCulture);
        string first = dialect.Load("xJ", Offset(layout, row, $"{v / 2 * 2}"));
        string second = dialect.Load("xJ", Offset(layout, row, $"{v / 2 * 2 + dialect.Width}"));
        return $"global::NetGen.CompilerServices.Interleaving.{(v % 2 == 0 ? "Even" : "Odd")}({first}, {second})";
    }

    private void WriteBackwardScalar()
    {
        if (_kernel.Kind == WindowKind.Average)
        {
            _writer.Line($"float share = dyJ * {Divisor(VectorDialect.Scalar)};");
            ForEachTap((row, column) => Give("share", row, column));
            return;
        }

        _writer.Line("float rest = dyJ;");
        ForEachTap((row, column) =>
        {
            using (_writer.Open($"if ({VectorDialect.Scalar.Load("xJ", Offset(_kernel.SourceLayout, row, column))} == yJ)"))
            {
                Give("rest", row, column);
                _writer.Line("rest = 0f;");
            }
        });

        void Give(string value, string row, string column) =>
            _writer.Line($"Unsafe.Add(ref dxJ, {Offset(_kernel.SourceGradientLayout, row, column)}) {(Stores && _kernel.Kind == WindowKind.Average ? "=" : "+=")} {value};");
    }

    private void WriteBackwardPairs(VectorDialect dialect)
    {
        bool isMax = _kernel.Kind == WindowKind.Max;
        _writer.Line(isMax
            ? $"{dialect.Type} rest = {dialect.Load("dyJ", "0")};"
            : $"{dialect.Type} share = {dialect.Load("dyJ", "0")} * {Divisor(dialect)};");
        if (isMax)
            _writer.Line($"{dialect.Type} largest = {dialect.Load("yJ", "0")};");
        for (int u = 0; u < _geometry.Height; u++)
        {
            for (int v = 0; v < 2 && isMax; v++)
            {
                // The first element that equals the maximum takes the gradient and leaves nothing for later ones.
                _writer.Line($"{dialect.Type} wins{u}{v} = {dialect.Class}.Equals({Tap(dialect, $"{u}", $"{v}")}, largest);");
                _writer.Line($"{dialect.Type} share{u}{v} = rest & wins{u}{v};");
                _writer.Line($"rest = {dialect.Class}.AndNot(rest, wins{u}{v});");
            }

            (string even, string odd) = isMax ? ($"share{u}0", $"share{u}1") : ("share", "share");
            string row = Offset(_kernel.SourceGradientLayout, $"{u}", "0");
            string behind = Offset(_kernel.SourceGradientLayout, $"{u}", $"{dialect.Width}");
            _writer.Line(dialect.Store($"global::NetGen.CompilerServices.Interleaving.Lower({even}, {odd})", "dxJ", row) + ";");
            _writer.Line(dialect.Store($"global::NetGen.CompilerServices.Interleaving.Upper({even}, {odd})", "dxJ", behind) + ";");
        }
    }

    private string Divisor(VectorDialect dialect) => !IsClipped || _geometry.CountPadding
        ? dialect.Broadcast(FloatLiteral.Of(1.0 / (_geometry.Height * _geometry.Width)))
        : dialect.Broadcast("(1f / ((bottom - top) * (right - left)))");

    private void ForEachTap(Action<string, string> write)
    {
        if (!IsClipped && (!_dialect.IsScalar || _geometry.Height * _geometry.Width <= WindowEmitter.MostUnrolledTaps))
        {
            for (int u = 0; u < _geometry.Height; u++)
            {
                for (int v = 0; v < _geometry.Width; v++)
                    write($"{u}", $"{v}");
            }

            return;
        }

        (string first, string last) = IsClipped ? ("top", "bottom") : ("0", $"{_geometry.Height}");
        (string left, string right) = IsClipped ? ("left", "right") : ("0", $"{_geometry.Width}");
        using (_writer.Open($"for (int u = {first}; u < {last}; u++)"))
        using (_writer.Open($"for (int v = {left}; v < {right}; v++)"))
            write("u", "v");
    }

    private static string Offset(Layout layout, string row, string column) =>
        int.TryParse(row, out int u) && int.TryParse(column, out int v)
            ? $"{u * layout.Stride(1) + v * layout.Stride(2)}"
            : $"{row} * {layout.Stride(1)} + {column} * {layout.Stride(2)}";
}
