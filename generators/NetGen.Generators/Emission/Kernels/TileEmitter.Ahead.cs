using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission.Kernels;

/// <summary>Asks for what comes next while this is multiplied with: the next panel of weights, the next stretch of a sum.</summary>
internal sealed partial class TileEmitter
{
    // What is asked for lies ahead of this panel by so much. References do not leave what they refer to, so it is a distance.
    private const string Ahead = "ahead";

    // Floats of a panel for which it is worth asking once.
    private const int LeastAsked = Layout.Lanes / 2;

    // Floats from weights that are read to those that are asked for meanwhile: as many as arrive in the time that it takes.
    private const int WeightsAhead = 512;

    // How many loops of the reduction are around the one whose steps ask, -1 where none does; and for how much each asks.
    private int _asking = -1;
    private string _asked = "";

    // Of the next pixels: of which operand, what says how far ahead, and how much further each step asks.
    private readonly List<(KernelOperand Operand, string Ahead, int Step)> _pixelsAsked = [];

    private void StartAhead(int[] reduced)
    {
        if (_tile.Ahead is not { } ahead)
            return;
        KernelAxis turns = _kernel.Axes[ahead.Turns];
        int panel = _kernel.Right!.Strides[ahead.Panels], rows = _tile.CountAlong(ahead.Turns);
        if (turns.IsDynamic)
        {
            // A single sample is a single turn.
            if (!_block.AreSamples)
                return;
            _asking = reduced.Length - 1;
            _asked = _names.Unique("asked");
            string share = $"({turns.Name} - from) * (nint){panel} / (to - from)";
            _writer.Line($"nint {Ahead} = {panel} + {share}, {_asked} = {panel / StepsOf(reduced, _asking) * rows} / (to - from);");
            return;
        }

        int part = panel / turns.Extent;
        _asking = Enumerable.Range(0, reduced.Length).LastOrDefault(level => part * rows / StepsOf(reduced, level) >= LeastAsked);
        _asked = $"{part * rows / StepsOf(reduced, _asking)}";
        _writer.Line($"nint {Ahead} = {panel} + {turns.Name} * {part};");
    }

    private int StepsOf(int[] reduced, int level) => reduced.Take(level + 1).Aggregate(1, (steps, a) => steps * _kernel.Axes[a].Extent);

    /// <summary>
    /// Prepares to ask for what the next pixels have of results, and of what these are combined with: in turn, each panel for lines of its own, until
    /// all are asked for.
    /// </summary>
    private void StartAskingForPixels(int[] reduced)
    {
        if (_tile.Pixels is not { } pixels || reduced.Length == 0)
            return;
        string panel = _kernel.Axes[pixels.Panels].Name;
        int steps = StepsOf(reduced, reduced.Length - 1), panels = _kernel.Axes[pixels.Panels].Extent;
        foreach (KernelOperand operand in _kernel.Results.Select(result => result.Operand).Concat(_kernel.Reads))
        {
            int pixel = operand.Strides[pixels.Axis], step = pixel * _tile.RowCount / steps;
            if (step == 0 || operand.Strides[pixels.Panels] == 0)
                continue;
            string ahead = _names.Unique($"{operand.Name}Ahead");
            _pixelsAsked.Add((operand, ahead, step));
            _writer.Line($"nint {ahead} = {pixels.Count * pixel} - {panel} * {operand.Strides[pixels.Panels] - step / panels};");
        }
    }

    private void AskForPixels()
    {
        foreach ((KernelOperand operand, string ahead, int step) in _pixelsAsked)
        {
            _writer.Line($"CacheLine.Prefetch(ref {_cursor[operand]}, {ahead});");
            _writer.Line($"{ahead} += {step};");
        }
    }

    /// <summary>Asks for the lines that this step will read in the next stretch.</summary>
    private void AskForNextStretch(KernelOperand[] factors, Cursor walkers)
    {
        if (_tile.Stretch is not { Axis: >= 0 } stretch)
            return;
        foreach (KernelOperand factor in factors.Where(factor => factor == _kernel.Left ? stretch.AsksForLeft : stretch.AsksForRight))
        {
            int ahead = stretch.Steps * factor.Strides[stretch.Axis];
            IEnumerable<int> read = _rows.SelectMany((_, r) => IsBroadcast(factor)
                ? [Offset(factor, r)]
                : Vectors.Select(v => Offset(factor, r) + v * _dialect.MostLanes));
            long asked = long.MinValue / 2;
            foreach (int offset in read.Distinct().OrderBy(offset => offset))
            {
                if (offset < asked + Layout.Lanes)
                    continue;
                asked = offset;
                _writer.Line($"CacheLine.Prefetch(ref {walkers[factor]}, {ahead + offset});");
            }
        }
    }

    /// <summary>
    /// Asks for the weights that some later step will read, as many lines as this one does: before it reads its own, behind which the request would wait.
    /// </summary>
    private void AskForWeights(Cursor walkers, int inner)
    {
        if (_tile.StreamsWeights)
        {
            int lines = Math.Max(1, _kernel.Right!.Strides[inner] * _tile.Chains / Layout.Lanes);
            _writer.Line($"CacheLine.PrefetchFirst(ref {walkers[_kernel.Right]}, {WeightsAhead}, {lines});");
        }
    }

    /// <summary>Asks for what some later tile will read of a channel, while the first of the panels goes through it.</summary>
    private void AskForImage(Cursor walkers)
    {
        if (_tile.PixelsAhead == 0 || _rows.Count < _tile.RowCount)
            return;
        IEnumerable<int> panels = _tile.OuterAxes(_kernel).Where(a => _kernel.Axes[a] is { IsDynamic: false, Extent: > 1 })
            .Concat(_tile.Rows.Where(rows => rows.Count < _kernel.Axes[rows.Axis].Extent).Select(rows => rows.Axis))
            .Where(a => _kernel.Left!.Strides[a] == 0 && _kernel.Right!.Strides[a] != 0);
        string isFirst = string.Join(" && ", panels.Select(a => $"{_kernel.Axes[a].Name} == 0"));
        int lines = Math.Max(1, Vectors.Count() * _dialect.MostLanes / Layout.Lanes);
        _writer.Line($"{(isFirst == "" ? "" : $"if ({isFirst}) ")}CacheLine.Prefetch(ref {walkers[_kernel.Left!]}, {_tile.PixelsAhead}, {lines});");
    }

    private void AskAhead(int level)
    {
        if (level != _asking)
            return;
        _writer.Line($"CacheLine.Prefetch(ref {_cursor[_kernel.Right!]}, {Ahead});");
        _writer.Line($"{Ahead} += {_asked};");
    }
}
