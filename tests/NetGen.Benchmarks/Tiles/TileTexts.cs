using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Sweep;
using NetGen.Generators.Collections;
using NetGen.Generators.Emission;
using NetGen.Generators.Emission.Kernels;
using NetGen.Generators.Expressions;
using NetGen.Generators.Plans;

namespace NetGen.Benchmarks.Tiles;

/// <summary>The texts of one kernel with different tiles, compiled and ready to be timed on memory of their own.</summary>
internal sealed unsafe class TileTexts : IDisposable
{
    private const int Page = 4096;

    // Vectors of the last tile reach over the end, those of a ragged start before the beginning.
    private const int Room = 1024;

    private readonly AssemblyLoadContext _context = new("tiles", isCollectible: true);
    private readonly float[][] _memory;
    private readonly nint[] _operands;

    public TileTexts(TimedKernel kernel, IReadOnlyList<Tile> tiles)
    {
        IReadOnlyList<KernelOperand> operands = kernel.Kernel.Operands;
        (_memory, _operands) = (new float[operands.Count][], new nint[operands.Count]);
        var random = new Random(1);
        for (int i = 0; i < operands.Count; i++)
        {
            (long first, long last) = Reach(kernel, operands[i]);
            _memory[i] = GC.AllocateUninitializedArray<float>(checked((int)(last - first)) + 2 * Room + Page / sizeof(float), pinned: true);
            foreach (ref float element in _memory[i].AsSpan())
                element = random.NextSingle() - 0.5f;
            nint start = ((nint)Unsafe.AsPointer(ref _memory[i][0]) + Room * sizeof(float) + Page - 1) & -Page;
            _operands[i] = start - (nint)first * sizeof(float);
        }

        Type methods = _context.LoadFromStream(InMemory.Emit(InMemory.Compilation(Source(kernel, tiles)), []))
            .GetType("NetGen.Generated.Tiles", throwOnError: true)!;
        Contenders = [.. tiles.Select((tile, index) =>
        {
            var run = methods.GetMethod($"Run{index}")!.CreateDelegate<Action<nint[], int>>();
            return new Contender($"{index}", calls => run(_operands, calls));
        })];
    }

    /// <summary>One for each tile.</summary>
    public IReadOnlyList<Contender> Contenders { get; }

    public void Dispose() => _context.Unload();

    private static string Source(TimedKernel timed, IReadOnlyList<Tile> tiles)
    {
        Kernel kernel = timed.Kernel;
        var writer = new SourceWriter();
        bool isGeneric = timed.Choice.Form == VectorForm.UpToEight;
        writer.Line("namespace NetGen.Generated;\n");
        writer.Lines([.. VectorDialect.Usings.Select(names => $"using global::{names.Namespace};")]);
        using (writer.Open("public static unsafe class Tiles"))
        {
            for (int index = 0; index < tiles.Count; index++)
            {
                KernelText text = new(timed.Choice.Form, tiles[index]);
                var scheduled = new ScheduledKernel(
                    $"Tile{index}", "", "", kernel, new[] { text }.ToEquatableArray(), null);
                string extents = (scheduled.IsRanged ? ", int from, int to" : "") + (scheduled.HasCount ? ", int count" : "");
                writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]");
                string operands = string.Join(", ", kernel.Operands.Select(operand => $"ref float {operand.Name}"));
                (string parameters, string constraints) = isGeneric ? VectorDialect.TypeParametersUpToEight : ("", "");
                using (writer.Open($"private static void {scheduled.Name}{parameters}({operands}{extents}) {constraints}"))
                    KernelEmitter.WriteBody(writer, scheduled, text);

                KernelAxis? ranged = scheduled.IsRanged ? kernel.Axes[scheduled.RangedAxis] : null;
                string range = ranged is null ? "" : $", 0, {(ranged.IsDynamic ? timed.Samples : ranged.Extent)}";
                string count = scheduled.HasCount ? $", {timed.Samples}" : "";
                string types = isGeneric ? $"<{VectorDialect.TypeArgumentsUpToEight.Own}>" : "";
                string arguments = string.Join(", ", kernel.Operands.Select((_, i) => $"ref *(float*)operands[{i}]"));
                using (writer.Open($"public static void Run{index}(global::System.IntPtr[] operands, int calls)"))
                {
                    writer.Line("for (; calls > 0; calls--)");
                    writer.Line($"    {scheduled.Name}{types}({arguments}{range}{count});");
                }
            }
        }

        return writer.ToString();
    }

    // The first and the last element that is touched, vectors behind the end aside.
    private static (long First, long Last) Reach(TimedKernel timed, KernelOperand operand)
    {
        long first = 0, last = 0;
        for (int a = 0; a < timed.Kernel.Axes.Count; a++)
        {
            KernelAxis axis = timed.Kernel.Axes[a];
            long end = (long)operand.Strides[a] * ((axis.IsDynamic ? timed.Samples : axis.Extent) - 1);
            first += Math.Min(end, 0);
            last += Math.Max(end, 0);
        }

        return (first, last);
    }
}
