using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;
using NetGen.Generators.Planning;

namespace NetGen.Generators.Emission;

/// <summary>Writes poolings: pixel by pixel, the channels along the vector, the taps unrolled where no border cuts them.</summary>
internal static class WindowEmitter
{
    // More taps than this are looped over.
    public const int MostUnrolledTaps = 16;

    public static IReadOnlyList<string> Parameters(WindowKernel kernel) => (kernel.IsBackward, kernel.Kind) switch
    {
        (false, _) => ["y", "x"],
        (true, WindowKind.Max) => ["dx", "dy", "x", "y"],
        _ => ["dx", "dy"],
    };

    public static void WriteBody(SourceWriter writer, WindowKernel kernel, VectorDialect dialect)
    {
        if (kernel.SourceLayout.HasColumnsInnermost)
            new ColumnWindowEmitter(writer, kernel, dialect).Write();
        else
            new Writer(writer, kernel, dialect).Write();
    }

    /// <summary>The part of a window that lies inside the input.</summary>
    public static void WriteClip(SourceWriter writer, string at, string first, string last, int stride, int pad, int window, int extent)
    {
        writer.Line($"int {first} = System.Math.Max({at} * {stride} - {pad}, 0);");
        writer.Line($"int {last} = System.Math.Min({at} * {stride} - {pad} + {window}, {extent});");
    }

    public static Layout LayoutOf(WindowKernel kernel, string operand) => operand switch
    {
        "y" => kernel.OutputLayout,
        "x" => kernel.SourceLayout,
        "dy" => kernel.OutputGradientLayout,
        _ => kernel.SourceGradientLayout,
    };

    public static int StrideOf(WindowKernel kernel, string operand) => operand switch
    {
        "y" => kernel.OutputStride,
        "x" => kernel.SourceStride,
        "dy" => kernel.OutputGradientStride,
        _ => kernel.SourceGradientStride,
    };

    private sealed class Writer(SourceWriter writer, WindowKernel kernel, VectorDialect dialect)
    {
        private readonly WindowGeometry _geometry = kernel.Geometry;
        private readonly string _type = dialect.Type;

        private bool IsClipped => _geometry.PadTop > 0 || _geometry.PadLeft > 0;

        private bool IsUnrolled => !IsClipped && _geometry.Height * _geometry.Width <= MostUnrolledTaps;

        public void Write()
        {
            using (writer.Open("for (int s = from; s < to; s++)"))
            {
                foreach (string operand in Parameters(kernel))
                    writer.Line($"ref float {operand}S = ref Unsafe.Add(ref {operand}, (nint)s * {StrideOf(kernel, operand)});");
                if (kernel.IsBackward && !Stores)
                    writer.Line($"global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref dxS, {kernel.SourceGradientLayout.Size}).Clear();");
                using (writer.Open($"for (int i = 0; i < {kernel.Output[1]}; i++)"))
                {
                    if (IsClipped)
                        WriteClip(writer, "i", "top", "bottom", _geometry.StrideHeight, _geometry.PadTop, _geometry.Height, kernel.Source[1]);
                    using (writer.Open($"for (int j = 0; j < {kernel.Output[2]}; j++)"))
                    {
                        if (IsClipped)
                            WriteClip(writer, "j", "left", "right", _geometry.StrideWidth, _geometry.PadLeft, _geometry.Width, kernel.Source[2]);
                        using (writer.Open($"for (int c = 0; c < {kernel.Output[0]}; c += {dialect.Width})"))
                            WritePixel();
                    }
                }
            }
        }

        // Windows that tile their input write every element once; others add up.
        private bool Stores => _geometry.Tiles(kernel.Source) && kernel.SourceGradientLayout.Border is { SpaceX: 1, SpaceY: 1 };

        private void WritePixel()
        {
            foreach (string operand in Parameters(kernel))
            {
                Layout layout = LayoutOf(kernel, operand);
                bool isOutput = operand is "y" or "dy";
                string row = isOutput ? "i" : IsClipped ? "" : $"i * {_geometry.StrideHeight}";
                string column = isOutput ? "j" : IsClipped ? "" : $"j * {_geometry.StrideWidth}";
                string position = row.Length == 0 ? "c" : $"{row} * {layout.Stride(1)} + {column} * {layout.Stride(2)} + c";
                if (layout.Origin != 0)
                    position += $" + {layout.Origin}";
                writer.Line($"ref float {operand}P = ref Unsafe.Add(ref {operand}S, {position});");
            }

            if (kernel.IsBackward)
                WriteBackward();
            else
                WriteForward();
        }

        private void WriteForward()
        {
            bool isMax = kernel.Kind == WindowKind.Max;
            writer.Line($"{_type} value = {(isMax ? dialect.Constant(double.NegativeInfinity) : dialect.Zero)};");
            ForEachTap(tap =>
            {
                string element = dialect.Load("xP", tap(kernel.SourceLayout));
                writer.Line(isMax ? $"value = {dialect.Max(element, "value")};" : $"value += {element};");
            });
            string result = isMax ? "value" : $"(value * {Divisor()})";
            writer.Line(dialect.Store(result, "yP", "0") + ";");
        }

        private void WriteBackward()
        {
            if (kernel.Kind == WindowKind.Average)
            {
                writer.Line($"{_type} share = {dialect.Load("dyP", "0")} * {Divisor()};");
                ForEachTap(tap => Give("share", tap));
                return;
            }

            // The first element that equals the maximum takes the gradient and leaves nothing for later ones.
            writer.Line($"{_type} rest = {dialect.Load("dyP", "0")};");
            writer.Line($"{_type} largest = {dialect.Load("yP", "0")};");
            ForEachTap(tap =>
            {
                using (writer.Open())
                {
                    writer.Line($"{_type} wins = {dialect.Class}.Equals({dialect.Load("xP", tap(kernel.SourceLayout))}, largest);");
                    Give("(rest & wins)", tap);
                    writer.Line($"rest = {dialect.Class}.AndNot(rest, wins);");
                }
            });
        }

        private void Give(string value, Func<Layout, string> tap)
        {
            string offset = tap(kernel.SourceGradientLayout);
            writer.Line(Stores
                ? dialect.Store(value, "dxP", offset) + ";"
                : dialect.Store($"({dialect.Load("dxP", offset)} + {value})", "dxP", offset) + ";");
        }

        private string Divisor()
        {
            if (!IsClipped || _geometry.CountPadding)
                return dialect.Broadcast(FloatLiteral.Of(1.0 / (_geometry.Height * _geometry.Width)));
            return dialect.Broadcast("(1f / ((bottom - top) * (right - left)))");
        }

        private void ForEachTap(Action<Func<Layout, string>> write)
        {
            if (IsUnrolled)
            {
                for (int u = 0; u < _geometry.Height; u++)
                {
                    for (int v = 0; v < _geometry.Width; v++)
                    {
                        (int row, int column) = (u, v);
                        write(layout => $"{row * layout.Stride(1) + column * layout.Stride(2)}");
                    }
                }

                return;
            }

            (string first, string last) = IsClipped ? ("top", "bottom") : ("0", $"{_geometry.Height}");
            (string left, string right) = IsClipped ? ("left", "right") : ("0", $"{_geometry.Width}");
            using (writer.Open($"for (int u = {first}; u < {last}; u++)"))
            using (writer.Open($"for (int v = {left}; v < {right}; v++)"))
                write(layout => $"(nuint)(u * {layout.Stride(1)} + v * {layout.Stride(2)})");
        }
    }
}
