using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission.Kernels;

/// <summary>
/// Writes poolings of images whose columns lie along the vector. A step of two reads two vectors and takes every second
/// column; windows that a border cuts read a line that has one. Other steps go element by element.
/// </summary>
internal sealed class ColumnWindowEmitter(SourceWriter writer, WindowKernel kernel)
{
    private readonly WindowGeometry _geometry = kernel.Geometry;
    private readonly VectorDialect _dialect = kernel.IsVectorised ? VectorDialect.Any : VectorDialect.Scalar;

    public void Write()
    {
        if (!_dialect.IsScalar)
            writer.Line("nuint lanes = (nuint)V.Count;");
        if (kernel.GoesByLines)
            DeclareLine();
        using (WindowEmitter.OpenSamples(writer, kernel))
        using (writer.Open($"for (int c = 0; c < {kernel.Output[0]}; c++)"))
        using (writer.Open($"for (int i = 0; i < {kernel.Output[1]}; i++)"))
        {
            if (kernel.IsClipped)
                WindowEmitter.WriteClip(writer, "i", "top", "bottom", _geometry.StrideHeight, _geometry.PadTop, _geometry.Height, kernel.Source[1]);
            foreach (string operand in WindowEmitter.Parameters(kernel))
                WriteRowReference(operand);
            if (kernel.GoesByLines)
                WriteLine();
            if (WritesBehindLines)
            {
                writer.Line("// From the last to the first: where the last ends behind a line, the next line begins.");
                using (writer.Open($"for (nuint left = ({kernel.Output[2]} + lanes - 1) / lanes * lanes; left > 0; left -= lanes)"))
                {
                    writer.Line("nuint j = left - lanes;");
                    WriteWindow();
                }

                return;
            }

            using (writer.Open(_dialect.IsScalar
                ? $"for (int j = 0; j < {kernel.Output[2]}; j++)"
                : $"for (nuint j = 0; j < {kernel.Output[2]}; j += lanes)"))
            {
                WriteWindow();
            }
        }
    }

    // The way back writes two vectors for each of the output's, the last of which may be longer than what is left of a line.
    private bool WritesBehindLines => kernel.IsBackward && !_dialect.IsScalar && kernel.Output[2] > Layout.Lanes
        && 2 * Layout.RoundUp(kernel.Output[2]) > kernel.SourceGradientLayout.Stride(1);

    private void WriteRowReference(string operand)
    {
        Layout layout = WindowEmitter.LayoutOf(kernel, operand);
        bool isOutput = operand is "y" or "dy";
        string row = isOutput ? $" + i * {layout.Stride(1)}" : kernel.IsClipped ? "" : $" + i * {_geometry.StrideHeight * layout.Stride(1)}";
        string origin = layout.Origin == 0 ? "" : $" + {layout.Origin}";
        writer.Line($"ref float {operand}I = ref Unsafe.Add(ref {operand}S, c * {layout.Stride(0)}{row}{origin});");
    }

    // As long as the columns of all vectors, and the last one's windows.
    private void DeclareLine()
    {
        int length = Math.Max(
            _geometry.PadLeft + Layout.RoundUp(kernel.Source[2]), _geometry.StrideWidth * Layout.RoundUp(kernel.Output[2]) + _geometry.Width);
        writer.Line("// The rows of a window joined, column by column, between what stands for the border.");
        writer.Line($"Span<float> room = stackalloc float[{Layout.RoundUp(length)}];");
        writer.Line("room.Clear();");
        // What stands for the border is infinite, and for the border alone: behind a line stand windows, too, whose results are to be multiplied with
        // the zeros there.
        if (Nothing != 0 && _geometry.PadLeft > 0)
            writer.Line($"room[..{_geometry.PadLeft}].Fill({FloatLiteral.Of(Nothing)});");
        if (Nothing != 0 && kernel.Source[2] % Layout.Lanes == 0)
            FillBehind();
        writer.Line("ref float line = ref MemoryMarshal.GetReference(room);");
    }

    private void FillBehind()
    {
        int end = _geometry.PadLeft + kernel.Source[2], behind = (kernel.Output[2] - 1) * _geometry.StrideWidth + _geometry.Width - end;
        if (behind > 0)
            writer.Line($"room.Slice({end}, {behind}).Fill({FloatLiteral.Of(Nothing)});");
    }

    private double Nothing => kernel.Kind == WindowKind.Max ? double.NegativeInfinity : 0;

    private void WriteLine()
    {
        int columns = kernel.Source[2];
        using (writer.Open($"for (nuint j = 0; j < {columns}; j += lanes)"))
        {
            writer.Line("ref float xJ = ref Unsafe.Add(ref xI, j);");
            writer.Line($"V value = {_dialect.Constant(Nothing)};");
            using (writer.Open("for (int u = top; u < bottom; u++)"))
            {
                string element = _dialect.Load("xJ", $"(nuint)(u * {kernel.SourceLayout.Stride(1)})");
                writer.Line(kernel.Kind == WindowKind.Max ? $"value = {_dialect.Max("value", element)};" : $"value += {element};");
            }

            writer.Line(_dialect.Store("value", "line", _geometry.PadLeft == 0 ? "j" : $"j + {_geometry.PadLeft}") + ";");
        }

        // The last vector of the line was stored whole.
        if (columns % Layout.Lanes != 0)
            FillBehind();
    }

    private void WriteWindow()
    {
        if (kernel.GoesByLines)
        {
            writer.Line("ref float yJ = ref Unsafe.Add(ref yI, j);");
            writer.Line($"ref float lineJ = ref Unsafe.Add(ref line, {(_geometry.StrideWidth == 1 ? "j" : "j * 2")});");
            WriteForward();
            return;
        }

        if (kernel.IsClipped)
            WindowEmitter.WriteClip(writer, "j", "left", "right", _geometry.StrideWidth, _geometry.PadLeft, _geometry.Width, kernel.Source[2]);
        foreach (string operand in WindowEmitter.Parameters(kernel))
        {
            int step = WindowEmitter.LayoutOf(kernel, operand).Stride(2) * (operand is "y" or "dy" ? 1 : _geometry.StrideWidth);
            bool stands = kernel.IsClipped && (operand is "x" or "dx");
            writer.Line($"ref float {operand}J = ref Unsafe.Add(ref {operand}I, {(stands ? "0" : step == 1 ? "j" : $"j * {step}")});");
        }

        if (!kernel.IsBackward)
            WriteForward();
        else if (_dialect.IsScalar)
            WriteBackwardScalar();
        else
            WriteBackwardPairs();
    }

    private void WriteForward()
    {
        bool isMax = kernel.Kind == WindowKind.Max;
        if (!_dialect.IsScalar && _geometry.StrideWidth == 2)
        {
            WritePairs();
        }
        else if (kernel.GoesByLines)
        {
            string[] columnsOfLine = [.. Enumerable.Range(0, _geometry.Width).Select(v => _dialect.Load("lineJ", $"{v}"))];
            writer.Line($"V value = {Joined(columnsOfLine)};");
        }
        else
        {
            writer.Line($"{_dialect.Type} value = {(isMax ? _dialect.Constant(double.NegativeInfinity) : _dialect.Zero)};");
            ForEachTap(tap =>
            {
                string element = _dialect.Load("xJ", tap.In(kernel.SourceLayout));
                writer.Line(isMax ? $"value = {_dialect.Max("value", element)};" : $"value += {element};");
            });
        }

        string result = WindowEmitter.ResultOf(kernel, _dialect);
        int columns = kernel.Output[2];
        // Backward, zeros behind a row of gradients become zeros; forward, nothing may stand behind a row that ends in zeros.
        bool isExact = kernel.OutputLayout.IsExact && columns % Layout.Lanes != 0;
        if (isExact && kernel.OutputLayout.IsCallers)
            writer.Line(_dialect.StoreBefore(result, "yI", "j", $"{columns}") + ";");
        else
            writer.Line(_dialect.Store(isExact ? _dialect.KeepBefore(result, "j", $"{columns}") : result, "yJ", "0") + ";");
    }

    /// <summary>Column by column: the rows of two vectors side by side first, then every second column of what is left.</summary>
    private void WritePairs()
    {
        Layout layout = kernel.SourceLayout;
        string value = "";
        for (int column = 0; column < _geometry.Width; column += 2)
        {
            string number = _geometry.Width > 2 ? $"{column / 2}" : "";
            for (int side = 0; side < 2; side++)
            {
                string rows = kernel.GoesByLines
                    ? _dialect.Load("lineJ", _dialect.Place(null, column, side))
                    : Joined([.. Enumerable.Range(0, _geometry.Height).Select(u =>
                        _dialect.Load("xJ", _dialect.Place(null, u * layout.Stride(1) + column, side)))]);
                writer.Line($"V {(side == 0 ? "first" : "second")}{number} = {rows};");
            }

            string even = $"Interleaving.Even(first{number}, second{number})";
            value = value.Length == 0 ? even : Joined([value, even]);
            if (column + 1 < _geometry.Width)
                value = Joined([value, $"Interleaving.Odd(first{number}, second{number})"]);
        }

        writer.Line($"V value = {value};");
    }

    private string Joined(IReadOnlyList<string> values) => kernel.Kind == WindowKind.Max
        ? values.Aggregate(_dialect.Max)
        : string.Join(" + ", values);

    /// <summary>What a tap reads for all the windows of a vector.</summary>
    private string Element(Tap tap)
    {
        if (_dialect.IsScalar || _geometry.StrideWidth == 1)
            return _dialect.Load("xJ", tap.In(kernel.SourceLayout));
        int place = tap.Row * kernel.SourceLayout.Stride(1) + tap.Column / 2 * 2;
        string first = _dialect.Load("xJ", _dialect.Place(null, place, 0));
        string second = _dialect.Load("xJ", _dialect.Place(null, place, 1));
        return $"Interleaving.{(tap.Column % 2 == 0 ? "Even" : "Odd")}({first}, {second})";
    }

    private void WriteBackwardScalar()
    {
        if (kernel.Kind == WindowKind.Average)
        {
            writer.Line($"float share = dyJ * {WindowEmitter.Divisor(kernel, _dialect)};");
            ForEachTap(tap => Give("share", tap));
            return;
        }

        // The first element that equals the maximum takes the gradient; a window with a NaN has it for its largest.
        writer.Line("float rest = dyJ;");
        ForEachTap(tap =>
        {
            using (writer.Open())
            {
                writer.Line($"float value = {_dialect.Load("xJ", tap.In(kernel.SourceLayout))};");
                using (writer.Open("if (value == yJ || float.IsNaN(value))"))
                {
                    Give("rest", tap);
                    writer.Line("rest = 0f;");
                }
            }
        });

        void Give(string value, Tap tap)
        {
            string sign = kernel.WritesOnce && kernel.Kind == WindowKind.Average ? "=" : "+=";
            writer.Line($"Unsafe.Add(ref dxJ, {tap.In(kernel.SourceGradientLayout)}) {sign} {value};");
        }
    }

    private void WriteBackwardPairs()
    {
        bool isMax = kernel.Kind == WindowKind.Max;
        writer.Line(isMax
            ? $"V rest = {_dialect.Load("dyJ", "0")};"
            : $"V share = {_dialect.Load("dyJ", "0")} * {WindowEmitter.Divisor(kernel, _dialect)};");
        if (isMax)
            writer.Line($"V largest = VectorMath.LeastOfLargest({_dialect.Load("yJ", "0")});");
        for (int u = 0; u < _geometry.Height; u++)
        {
            for (int v = 0; v < 2 && isMax; v++)
            {
                // The first of the largest takes the gradient and leaves nothing for later ones.
                writer.Line($"V less{u}{v} = {_dialect.Compare(Comparison.Greater, "largest", Element(new Tap(u, v)))};");
                writer.Line($"V share{u}{v} = {_dialect.Select($"less{u}{v}", _dialect.Zero, "rest")};");
                writer.Line($"rest = {_dialect.Select($"less{u}{v}", "rest", _dialect.Zero)};");
            }

            (string even, string odd) = isMax ? ($"share{u}0", $"share{u}1") : ("share", "share");
            int row = u * kernel.SourceGradientLayout.Stride(1);
            writer.Line(_dialect.Store($"Interleaving.Lower({even}, {odd})", "dxJ", _dialect.Place(null, row, 0)) + ";");
            writer.Line(_dialect.Store($"Interleaving.Upper({even}, {odd})", "dxJ", _dialect.Place(null, row, 1)) + ";");
        }
    }

    private void ForEachTap(Action<Tap> write)
    {
        if (!kernel.IsClipped && (!_dialect.IsScalar || _geometry.Height * _geometry.Width <= WindowEmitter.MostUnrolledTaps))
        {
            for (int u = 0; u < _geometry.Height; u++)
            {
                for (int v = 0; v < _geometry.Width; v++)
                    write(new Tap(u, v));
            }

            return;
        }

        (string first, string last) = kernel.IsClipped ? ("top", "bottom") : ("0", $"{_geometry.Height}");
        (string left, string right) = kernel.IsClipped ? ("left", "right") : ("0", $"{_geometry.Width}");
        using (writer.Open($"for (int u = {first}; u < {last}; u++)"))
        using (writer.Open($"for (int v = {left}; v < {right}; v++)"))
            write(Tap.OfLoops);
    }

    /// <summary>An element of a window: its row and column, or those of the loops <c>u</c> and <c>v</c>.</summary>
    private readonly record struct Tap(int Row, int Column)
    {
        public static readonly Tap OfLoops = new(-1, -1);

        public string In(Layout layout) => this == OfLoops
            ? $"u * {layout.Stride(1)} + v * {layout.Stride(2)}"
            : $"{Row * layout.Stride(1) + Column * layout.Stride(2)}";
    }
}
