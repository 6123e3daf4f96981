using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>
/// What one training step works on: the batch, the parameters, the gradient and the workspace. Generated code reads it;
/// the trainer fills it.
/// </summary>
/// <remarks>
/// The references point into pinned memory for as long as a step runs, so that every worker can use them.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe partial class TrainingFrame : LossTerm
{
    private readonly LossTerm[] _terms;
    private readonly IReadOnlyList<TermWeighting> _judged;
    private readonly AlignedBuffer?[] _classWeighted;
    private float* _inputs;
    private float* _inputGradient;
    private float* _outputs;
    private float* _outputGradient;
    private int _outputLength;
    private bool _hasBadOutput;
    private bool _tellsFiniteness;
    private bool _hasMetNonFinite;
    private float[] _parameters = [];
    private float[] _gradient = [];
    private int _parameterCount;
    private int _gradientChanges;
    private readonly List<GradientRows> _tables = [];
    private readonly AlignedBuffer _workspace;

    /// <param name="judged">What each term counts for.</param>
    /// <param name="workspace">Memory for what is computed on the way.</param>
    /// <param name="capacity">The largest batch.</param>
    internal TrainingFrame(IReadOnlyList<TermWeighting> judged, AlignedBuffer workspace, int capacity)
        : base(judged.Count == 1 ? judged[0] : new TermWeighting(1, null), judged.Count == 1 ? capacity : 0)
    {
        _terms = judged.Count == 1 ? [this] : [.. judged.Select(term => new LossTerm(term, capacity))];
        _judged = judged;
        _classWeighted = [.. judged.Select(term => term.OfTarget is not null ? new AlignedBuffer(capacity) : null)];
        _workspace = workspace;
        Capacity = capacity;
    }

    /// <summary>The largest batch the workspace has room for.</summary>
    public int Capacity { get; }

    /// <summary>What this step's random draws (dropout masks) depend on: drawn itself from the trainer's seed and the step's number.</summary>
    public ulong Key { get; private set; }

    /// <summary>The number of the first sample in its batch: not 0 in pieces of one, which draw what the whole would.</summary>
    public int FirstSample { get; private set; }

    /// <summary>The start of the parameter block.</summary>
    public ref float Parameters => ref AlignedBuffer.StartOf(_parameters);

    /// <summary>The start of the gradient block, laid out as the parameters, overwritten by the step.</summary>
    public ref float Gradient => ref AlignedBuffer.StartOf(_gradient);

    /// <summary>The start of the workspace: zero at first, kept from step to step.</summary>
    public ref float Workspace => ref _workspace.Start;

    /// <summary>The first sample's input.</summary>
    public ref readonly float Inputs => ref Unsafe.AsRef<float>(_inputs);

    /// <summary>Where the gradient with respect to the inputs goes; a null reference where nobody asks for it.</summary>
    public ref float InputGradient => ref Unsafe.AsRef<float>(_inputGradient);

    /// <summary>Whether the gradient with respect to the inputs is wanted.</summary>
    public bool WantsInputGradient => _inputGradient != null;

    /// <summary>Whether the step begins with the inputs; otherwise with outputs that it ended at before.</summary>
    public bool RunsForward { get; private set; } = true;

    /// <summary>Whether the step ends where all outputs are computed.</summary>
    public bool EndsAtOutputs { get; private set; }

    /// <summary>
    /// Whether the step goes from the inputs to the gradients at once. Then samples may take turns in one place, which otherwise have to keep what they
    /// computed on the way to the outputs.
    /// </summary>
    public bool IsWhole => RunsForward && !EndsAtOutputs;

    /// <summary>
    /// At the place of a loss: copies some samples' output to the caller where the step ends here, or takes the gradient that the caller gives
    /// for it.
    /// </summary>
    /// <param name="output">The first sample's output.</param>
    /// <param name="gradient">The first sample's gradient of it.</param>
    /// <param name="offset">The output's first float among those of a sample.</param>
    /// <param name="rows">How they lie.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="to">The end of the samples.</param>
    /// <returns>False where a loss is to judge the output.</returns>
    public bool TakesGradient(ref float output, ref float gradient, int offset, LossRows rows, int from, int to)
    {
        if (!EndsAtOutputs && _outputGradient == null)
            return false;
        for (int row = from * rows.Steps; row < to * rows.Steps; row++)
        {
            (int sample, int step) = Math.DivRem(row, rows.Steps);
            nint place = (nint)sample * rows.SampleStride + (nint)step * rows.Stride;
            Span<float> computed = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref output, place), rows.Length);
            nint start = ((nint)sample * _outputLength) + offset + ((nint)step * rows.Length);
            if (EndsAtOutputs)
            {
                computed.CopyTo(new Span<float>(_outputs + start, rows.Length));
                continue;
            }

            // No loss tells of what is not finite; many workers may find some, and all say the same.
            var given = new ReadOnlySpan<float>(_outputGradient + start, rows.Length);
            if (!AreFinite(computed) || !AreFinite(given))
                _hasBadOutput = true;
            Span<float> all = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref gradient, place), rows.Stride);
            given.CopyTo(all);
            all[rows.Length..].Clear();
        }

        return true;
    }

    /// <summary>
    /// What elementwise losses read for each output: the targets or, where the caller gives that, the gradient, in their place; a null reference in a
    /// step that ends at the outputs.
    /// </summary>
    public ref readonly float TargetsOrGradient => ref Unsafe.AsRef<float>(_outputGradient != null ? _outputGradient : TargetPointer);

    /// <summary>
    /// At the place of a loss that further steps compute, which read <see cref="TargetsOrGradient"/>: copies some samples' output to the caller where
    /// the step ends here; else says what each sample's loss counts for. Where the caller gives the gradient that is nothing: a given gradient stands
    /// in place of the targets, and the loss tells no more than whether outputs and gradient are finite.
    /// </summary>
    /// <param name="output">The first sample's output.</param>
    /// <param name="share">What the first sample's elements count for.</param>
    /// <param name="given">1 where the gradient is given, and 0 otherwise.</param>
    /// <param name="part">An element's part of a sample's loss.</param>
    /// <param name="rows">How outputs lie.</param>
    /// <param name="stride">Floats from one sample's share to the next, and from one flag to the next.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="to">The end of the samples.</param>
    public void Judge(ref float output, ref float share, ref float given, float part, LossRows rows, int stride, int from, int to)
    {
        if (EndsAtOutputs)
        {
            TakesGradient(ref output, ref Unsafe.NullRef<float>(), 0, rows, from, to);
            return;
        }

        bool isGiven = _outputGradient != null;
        if (isGiven)
            _tellsFiniteness = true;
        for (int sample = from; sample < to; sample++)
        {
            Unsafe.Add(ref share, (nint)sample * stride) = isGiven ? 0 : ShareOf(sample) * part;
            Unsafe.Add(ref given, (nint)sample * stride) = isGiven ? 1 : 0;
        }
    }

    /// <summary>The gradient of an output that no loss judges.</summary>
    /// <param name="gradient">The first sample's.</param>
    /// <param name="length">Its floats.</param>
    /// <param name="stride">Floats from one sample's gradient to the next.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="to">The end of the samples.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void ClearGradient(ref float gradient, int length, int stride, int from, int to)
    {
        for (int sample = from; sample < to; sample++)
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref gradient, (nint)sample * stride), length).Clear();
    }

    /// <summary>The rows that are not zero of a table's gradient.</summary>
    /// <param name="number">The table's number among those that know.</param>
    internal GradientRows RowsOf(int number)
    {
        // The first step makes them, whichever worker comes first.
        lock (_tables)
        {
            while (_tables.Count <= number)
                _tables.Add(new GradientRows());
            return _tables[number];
        }
    }

    /// <summary>The tables whose gradient may be known to be zero but for some rows.</summary>
    internal ReadOnlySpan<GradientRows> Tables => CollectionsMarshal.AsSpan(_tables);

    /// <summary>How many floats behind the beginning of the gradient one of its floats stands.</summary>
    internal int PlaceOf(ref float gradient) => (int)(Unsafe.ByteOffset(ref Gradient, ref gradient) / sizeof(float));

    /// <summary>Says that the gradient may have anything anywhere.</summary>
    internal void ForgetRows()
    {
        foreach (GradientRows table in _tables)
            table.Forget();
    }

    /// <summary>What the loss of one of several judged outputs is told.</summary>
    /// <param name="index">The output's number among those that have a loss.</param>
    public LossTerm Term(int index) => _terms[index];

    /// <summary>What the caller says that the outputs cost, where it gives their gradient.</summary>
    internal double GivenLoss { get; set; }

    /// <summary>
    /// The batch's mean loss: the sum of its terms or, where the caller gives the gradient of the outputs, what it says; not a number where an
    /// output or a gradient is none.
    /// </summary>
    internal double SumOfLosses()
    {
        double sum = SumOfTerms();
        _hasMetNonFinite |= !double.IsFinite(sum);
        return sum;
    }

    private double SumOfTerms()
    {
        if (_outputGradient != null && !_tellsFiniteness)
            return _hasBadOutput ? double.NaN : GivenLoss;
        double sum = 0;
        foreach (LossTerm term in _terms)
        {
            foreach (float loss in term.Losses)
                sum += loss;
        }

        return _outputGradient == null ? sum : double.IsFinite(sum) ? GivenLoss : double.NaN;
    }

    /// <summary>The parameters of this step; values that are loaded meanwhile lie elsewhere.</summary>
    internal Span<float> ParameterSpan => AlignedBuffer.SpanOf(_parameters, _parameterCount);

    /// <summary>The gradient of this step.</summary>
    internal Span<float> GradientSpan => AlignedBuffer.SpanOf(_gradient, _parameterCount);

    /// <summary>The whole workspace.</summary>
    internal ReadOnlySpan<float> WorkspaceSpan => _workspace.Span;

    /// <summary>
    /// Names the memory of the step that is about to run. Whoever wrote into the gradient since the last one may have written anywhere.
    /// </summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="gradient">Their gradient.</param>
    /// <param name="gradientChanges">How often others have written into the gradient.</param>
    /// <param name="parameterCount">The floats of either.</param>
    /// <param name="partUpdate">Who applies the gradient part by part, if nothing needs the whole first.</param>
    internal void Use(float[] parameters, float[] gradient, int gradientChanges, int parameterCount, IPartUpdate? partUpdate = null)
    {
        PartUpdate = partUpdate;
        _applied.Clear();
        if (!ReferenceEquals(gradient, _gradient) || gradientChanges != _gradientChanges)
            ForgetRows();
        (_parameters, _gradient, _gradientChanges, _parameterCount) = (parameters, gradient, gradientChanges, parameterCount);
    }

    /// <summary>Tells the step of its batch, or of a piece of one.</summary>
    /// <param name="rows">How the targets lie.</param>
    /// <param name="inputs">The first sample's input.</param>
    /// <param name="lengths">The floats among which the lengths of the first sample stand, usually its input; null where there are none.</param>
    /// <param name="lengthStride">Floats from one sample's lengths to the next.</param>
    /// <param name="targets">The first sample's target values, or null.</param>
    /// <param name="classes">The first sample's class ids, or null.</param>
    /// <param name="sampleWeights">A weight per sample, or null.</param>
    /// <param name="inputGradient">Where the gradient of the inputs goes, or null.</param>
    /// <param name="count">The samples.</param>
    /// <param name="key">What random draws depend on.</param>
    /// <param name="firstSample">The number of the first sample in its batch.</param>
    internal void Begin(
        TargetRows rows, float* inputs, float* lengths, int lengthStride, float* targets, int* classes, float* sampleWeights, float* inputGradient,
        int count, ulong key, int firstSample = 0)
    {
        // Where there is one term, it is this one.
        UseLengths(null, 0);
        Begin(null, 0, null, 0, sampleWeights, count);
        Begin(inputs, inputGradient, key, firstSample, null, null, runsForward: true);
        EndsAtOutputs = false;
        for (int i = 0; i < _terms.Length; i++)
        {
            _terms[i].Factor = _judged[i].Share;
            _terms[i].UseLengths(lengths, lengthStride);
            if (rows.AreClassIds(i))
                _terms[i].Begin(null, 0, classes + rows.OffsetOf(i), rows.ClassLength, sampleWeights, count);
            else if (_classWeighted[i] is { } weighted)
                BeginWeighted(i, targets + rows.OffsetOf(i), rows.ValueLength, sampleWeights, weighted, count);
            else
                _terms[i].Begin(targets + rows.OffsetOf(i), rows.ValueLength, null, 0, sampleWeights, count);
        }
    }

    /// <summary>Tells the step of a batch, or of a piece of one, whose outputs the caller judges.</summary>
    /// <param name="inputs">The first sample's input.</param>
    /// <param name="inputGradient">Where the gradient of the inputs goes, or null.</param>
    /// <param name="count">The samples.</param>
    /// <param name="key">What random draws depend on.</param>
    /// <param name="firstSample">The number of the first sample in its batch.</param>
    /// <param name="outputLength">The floats of a sample's outputs.</param>
    /// <param name="outputGradient">The first sample's gradient of all outputs; null for a step that ends at them.</param>
    /// <param name="outputs">Where outputs go in a step that ends there.</param>
    /// <param name="runsForward">Whether the outputs are still to be computed.</param>
    internal void BeginFromOutside(
        float* inputs, float* inputGradient, int count, ulong key, int firstSample, int outputLength, float* outputGradient, float* outputs,
        bool runsForward)
    {
        UseLengths(null, 0);
        Begin(null, 0, null, 0, null, count);
        Begin(inputs, inputGradient, key, firstSample, outputGradient, outputs, runsForward);
        EndsAtOutputs = outputGradient == null;
        _outputLength = outputLength;
        GivenLoss = 0;
    }

    private void Begin(
        float* inputs, float* inputGradient, ulong key, int firstSample, float* outputGradient, float* outputs, bool runsForward)
    {
        _inputs = inputs;
        _inputGradient = inputGradient;
        Key = key;
        FirstSample = firstSample;
        _outputGradient = outputGradient;
        _outputs = outputs;
        _hasBadOutput = false;
        _tellsFiniteness = false;
        if (_hasMetNonFinite && runsForward)
        {
            // What is not a number may stand behind the ends of rows, where others multiply it with zeros, which leaves it none.
            _workspace.Span.Clear();
            _hasMetNonFinite = false;
        }

        RunsForward = runsForward;
        foreach (GradientRows table in _tables)
            table.Advance();
    }

    /// <summary>Gives a term the samples' weights times those of their classes, which their targets tell.</summary>
    private void BeginWeighted(int term, float* targets, int stride, float* sampleWeights, AlignedBuffer weighted, int count)
    {
        float* weights = (float*)Unsafe.AsPointer(ref weighted.Start);
        for (int sample = 0; sample < count; sample++)
            weights[sample] =
                (float)((sampleWeights == null ? 1.0 : sampleWeights[sample]) * _judged[term].OfTarget!(targets[(nint)sample * stride]));
        _terms[term].Begin(targets, stride, null, 0, weights, count);
    }

    private static bool AreFinite(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
                return false;
        }

        return true;
    }
}
