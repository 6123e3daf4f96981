using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission.Kernels;

/// <summary>Writes poolings: pixel by pixel, the channels along the vector, the taps unrolled where no border cuts them.</summary>
internal sealed class WindowEmitter(SourceWriter writer, WindowKernel kernel)
{
    // More taps than this are looped over.
    public const int MostUnrolledTaps = 16;

    private readonly WindowGeometry _geometry = kernel.Geometry;
    private readonly VectorDialect _dialect = VectorDialect.Any;

    public static IReadOnlyList<string> Parameters(WindowKernel kernel) => (kernel.IsBackward, kernel.Kind) switch
    {
        (false, _) => ["y", "x"],
        (true, WindowKind.Max) => ["dx", "dy", "x", "y"],
        _ => ["dx", "dy"],
    };

    public static void WriteBody(SourceWriter writer, WindowKernel kernel)
    {
        if (kernel.SourceLayout.HasColumnsInnermost)
            new ColumnWindowEmitter(writer, kernel).Write();
        else
            new WindowEmitter(writer, kernel).Write();
    }

    /// <summary>The loop over samples with every operand moved to the sample's, and gradients that are added up set to zero.</summary>
    public static SourceWriter.Block OpenSamples(SourceWriter writer, WindowKernel kernel)
    {
        SourceWriter.Block samples = writer.Open("for (int s = from; s < to; s++)");
        foreach (string operand in Parameters(kernel))
            writer.Line($"ref float {operand}S = ref Unsafe.Add(ref {operand}, (nint)s * {StrideOf(kernel, operand)});");
        if (kernel.IsBackward && !(kernel.WritesOnce && (kernel.IsVectorised || kernel.Kind == WindowKind.Average)))
            writer.Line($"MemoryMarshal.CreateSpan(ref dxS, {kernel.SourceGradientLayout.Size}).Clear();");
        return samples;
    }

    /// <summary>The part of a window that lies inside the input.</summary>
    public static void WriteClip(SourceWriter writer, string at, string first, string last, int stride, int pad, int window, int extent)
    {
        writer.Line($"int {first} = Math.Max({at} * {stride} - {pad}, 0);");
        writer.Line($"int {last} = Math.Min({at} * {stride} - {pad} + {window}, {extent});");
    }

    public static Layout LayoutOf(WindowKernel kernel, string operand) => operand switch
    {
        "y" => kernel.OutputLayout,
        "x" => kernel.SourceLayout,
        "dy" => kernel.OutputGradientLayout,
        _ => kernel.SourceGradientLayout,
    };

    /// <summary>One part in as many as a window has elements.</summary>
    public static string Divisor(WindowKernel kernel, VectorDialect dialect) => !kernel.IsClipped || kernel.Geometry.CountPadding
        ? dialect.Broadcast(FloatLiteral.Of(1.0 / (kernel.Geometry.Height * kernel.Geometry.Width)))
        : dialect.Broadcast("1f / ((bottom - top) * (right - left))");

    private static int StrideOf(WindowKernel kernel, string operand) => operand switch
    {
        "y" => kernel.OutputStride,
        "x" => kernel.SourceStride,
        "dy" => kernel.OutputGradientStride,
        _ => kernel.SourceGradientStride,
    };

    private void Write()
    {
        writer.Line("nuint lanes = (nuint)V.Count;");
        using (OpenSamples(writer, kernel))
        using (writer.Open($"for (int i = 0; i < {kernel.Output[1]}; i++)"))
        {
            if (kernel.IsClipped)
                WriteClip(writer, "i", "top", "bottom", _geometry.StrideHeight, _geometry.PadTop, _geometry.Height, kernel.Source[1]);
            using (writer.Open($"for (int j = 0; j < {kernel.Output[2]}; j++)"))
            {
                if (kernel.IsClipped)
                    WriteClip(writer, "j", "left", "right", _geometry.StrideWidth, _geometry.PadLeft, _geometry.Width, kernel.Source[2]);
                WritePixelReferences();
                using (writer.Open($"for (nuint c = 0; c < {kernel.Output[0]}; c += lanes)"))
                {
                    if (kernel.IsBackward)
                        WriteBackward();
                    else
                        WriteForward();
                }
            }
        }
    }

    private void WritePixelReferences()
    {
        foreach (string operand in Parameters(kernel))
        {
            Layout layout = LayoutOf(kernel, operand);
            bool isOutput = operand is "y" or "dy";
            string origin = layout.Origin == 0 ? "" : $" + {layout.Origin}";
            string position = !isOutput && kernel.IsClipped
                ? $"{layout.Origin}"
                : isOutput
                    ? $"i * {layout.Stride(1)} + j * {layout.Stride(2)}{origin}"
                    : $"i * {_geometry.StrideHeight * layout.Stride(1)} + j * {_geometry.StrideWidth * layout.Stride(2)}{origin}";
            writer.Line($"ref float {operand}P = ref Unsafe.Add(ref {operand}S, {position});");
        }
    }

    private void WriteForward()
    {
        bool isMax = kernel.Kind == WindowKind.Max;
        bool isFirst = IsUnrolled;
        if (!isFirst)
            writer.Line($"V value = {(isMax ? _dialect.Constant(double.NegativeInfinity) : _dialect.Zero)};");
        ForEachTap(tap =>
        {
            string element = _dialect.Load("xP", tap(kernel.SourceLayout));
            writer.Line(isFirst ? $"V value = {element};" : isMax ? $"value = {_dialect.Max("value", element)};" : $"value += {element};");
            isFirst = false;
        });
        writer.Line(_dialect.Store(ResultOf(kernel, _dialect), "yP", "c") + ";");
    }

    /// <summary>What becomes of a window's largest element, or of its sum.</summary>
    public static string ResultOf(WindowKernel kernel, VectorDialect dialect) => kernel.Kind == WindowKind.Average
        ? $"value * {Divisor(kernel, dialect)}"
        : kernel.IsRectified ? dialect.MaxOfConstant(dialect.Zero, "value") : "value";

    private void WriteBackward()
    {
        if (kernel.Kind == WindowKind.Average)
        {
            writer.Line($"V share = {_dialect.Load("dyP", "c")} * {Divisor(kernel, _dialect)};");
            ForEachTap(tap => Give("share", tap));
            return;
        }

        // The first of the largest takes the gradient and leaves nothing for later ones.
        writer.Line($"V rest = {_dialect.Load("dyP", "c")};");
        writer.Line($"V largest = VectorMath.LeastOfLargest({_dialect.Load("yP", "c")});");
        ForEachTap(tap =>
        {
            using (writer.Open())
            {
                writer.Line($"V less = {_dialect.Compare(Comparison.Greater, "largest", _dialect.Load("xP", tap(kernel.SourceLayout)))};");
                Give($"{_dialect.Select("less", _dialect.Zero, "rest")}", tap);
                writer.Line($"rest = {_dialect.Select("less", "rest", _dialect.Zero)};");
            }
        });
    }

    private void Give(string value, Func<Layout, string> tap)
    {
        string offset = tap(kernel.SourceGradientLayout);
        writer.Line(_dialect.Store(kernel.WritesOnce ? value : $"{_dialect.Load("dxP", offset)} + {value}", "dxP", offset) + ";");
    }

    private bool IsUnrolled => !kernel.IsClipped && _geometry.Height * _geometry.Width <= MostUnrolledTaps;

    private void ForEachTap(Action<Func<Layout, string>> write)
    {
        if (IsUnrolled)
        {
            for (int u = 0; u < _geometry.Height; u++)
            {
                for (int v = 0; v < _geometry.Width; v++)
                {
                    (int row, int column) = (u, v);
                    write(layout => _dialect.Place("c", row * layout.Stride(1) + column * layout.Stride(2), 0));
                }
            }

            return;
        }

        (string first, string last) = kernel.IsClipped ? ("top", "bottom") : ("0", $"{_geometry.Height}");
        (string left, string right) = kernel.IsClipped ? ("left", "right") : ("0", $"{_geometry.Width}");
        using (writer.Open($"for (int u = {first}; u < {last}; u++)"))
        using (writer.Open($"for (int v = {left}; v < {right}; v++)"))
            write(layout => $"c + (nuint)(u * {layout.Stride(1)} + v * {layout.Stride(2)})");
    }
}
