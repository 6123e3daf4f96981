using NetGen.Generators.Graph;
using NetGen.Generators.Graph.Streaming;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.Placing;

/// <summary>
/// Puts copies between operations that need one tensor in different layouts: callers' memory and padded rows, channels and
/// columns along the vector, columns side by side and spread apart. Everybody else reads what its producer wrote.
/// </summary>
internal sealed class Conversions
{
    private readonly Orientation _orientation;
    private readonly List<Operation> _result = [];
    private readonly Dictionary<Value, Value> _replaced = [];
    private readonly Dictionary<(Value Value, object Layout), Value> _copies = [];
    private readonly HashSet<Value> _compact = [];
    private readonly HashSet<Value> _ofColumns = [];
    private readonly HashSet<Operation> _readsAside;
    private readonly Views _views;
    private readonly SeamlessImages _seamless;
    private bool _isStep;

    private Conversions(
        Orientation orientation, IEnumerable<Value> inputs, IReadOnlyList<Operation> operations, IReadOnlyList<Operation> asides)
    {
        _orientation = orientation;
        HashSet<Value> own = [.. asides.SelectMany(operation => operation.Outputs)];
        _readsAside = [.. asides.OfType<Contract>().Where(contract => !own.Contains(contract.Left.Value))];
        _seamless = SeamlessImages.Of(operations, orientation);
        _views = new Views(
            inputs, operations.OfType<Scan>().SelectMany(scan => scan.Tensors).Select(tensor => tensor.Whole), operations.SelectMany(Plain),
            Panels.CutsOf(operations));
    }

    /// <summary>The operations with the copies among them.</summary>
    public IReadOnlyList<Operation> Operations => _result;

    public Views Views => _views;

    /// <summary>The images without room behind their lines.</summary>
    public SeamlessImages Seamless => _seamless;

    /// <summary>The tensors without room between their elements.</summary>
    public IReadOnlyCollection<Value> Compact => _compact;

    /// <param name="operations">A program.</param>
    /// <param name="orientation">What lies along the vectors; copies for one reader are added to it.</param>
    /// <param name="inputs">The tensors in callers' memory that the program begins with.</param>
    /// <param name="compact">The tensors that lie without room between their elements.</param>
    /// <param name="readsRows">Whether whole vectors of rows are read beyond their ends, which callers' memory does not allow.</param>
    /// <param name="past">The tensors that are rows of what a stream remembers.</param>
    /// <param name="asides">
    /// The operations that are left out unless somebody asks for what they compute. Where others do without zeros around pixels, they read a copy.
    /// </param>
    public static Conversions Insert(
        IReadOnlyList<Operation> operations,
        Orientation orientation,
        IEnumerable<Value> inputs,
        IEnumerable<Value> compact,
        bool readsRows,
        IReadOnlyList<StepTensor>? past = null,
        IReadOnlyList<Operation>? asides = null)
    {
        var conversions = new Conversions(orientation, inputs, operations, asides ?? []);
        conversions._isStep = past is not null;
        foreach (StepTensor tensor in past ?? [])
            conversions._views.Attach(tensor.Step, Part.Of(tensor));
        conversions._compact.UnionWith(compact);
        foreach (Value input in inputs)
            conversions.Stage(input, operations, readsRows);
        foreach (Operation operation in operations)
            conversions.Add(operation, conversions._readsAside.Contains(operation));
        return conversions;
    }

    /// <summary>Whether a tensor is a copy by pixels of what lies by columns, which gradients that flow back through it do, too.</summary>
    public bool IsOfColumns(Value value) => _ofColumns.Contains(value);

    /// <summary>Whether the caller's tensor is read as it lies.</summary>
    public bool IsInPlace(Value input) => !_replaced.ContainsKey(input);

    /// <summary>What is read in place of a tensor.</summary>
    public Value Of(Value value) => _replaced.TryGetValue(value, out Value? replacement) ? replacement : value;

    // An input is copied where somebody needs its channels side by side, whole vectors of it, or zeros around it.
    private void Stage(Value input, IReadOnlyList<Operation> operations, bool readsRows)
    {
        bool isInPlace = (_seamless.Contains(input)
                || !(readsRows && _orientation.HasColumnsAlongVector(input) && Orientation.IsReadAsImage(input, operations)))
            && InputReading.IsPossible(input, operations, _orientation, _seamless);
        if (isInPlace || !operations.Any(operation => operation.Inputs.Contains(input)))
            return;
        Value staged = _replaced[input] = input.Sibling(input.Name, input.Shape);
        bool hasColumns = _orientation.HasColumnsAlongVector(input);
        // Where pixels are read one by one, copying them in the caller's order is cheapest, if their rows fill vectors.
        if (input.Shape.IsImage
            ? (hasColumns || !Orientation.IsNarrow(input.Shape)) && !InputReading.NeedsLanes(input, operations, _orientation)
            : hasColumns)
        {
            _orientation.SetColumns(staged, true);
        }

        _result.Add(new Relayout("Input", staged, input));
    }

    private void Add(Operation operation, bool readsAside)
    {
        operation = operation.Reading(Of);
        if (operation is Map)
            operation = operation.Reading(
                input => IsWhole(input, operation.Output) && !_views.TryTie(operation.Output, input) ? Whole(operation.Layer, input) : input);
        switch (operation)
        {
            case Reshape reshape when !_views.TryJoin(reshape.Source, reshape.Output):
                Value flat = reshape.Source.Sibling($"{reshape.Source.Name}Compact", reshape.Source.Shape);
                Value shaped = reshape.Output.Sibling($"{reshape.Output.Name}Compact", reshape.Output.Shape);
                _compact.UnionWith([flat, shaped]);
                _views.Attach(shaped, flat);
                _result.Add(new Relayout(reshape.Layer, flat, reshape.Source));
                _result.Add(new Reshape(reshape.Layer, shaped, flat));
                _result.Add(new Relayout(reshape.Layer, reshape.Output, shaped));
                return;

            case Contract contract:
                _result.Add(Converted(contract, readsAside));
                return;

            // A map runs along the vectors of what it writes; so do windows. What is spread over a row may lie in any way.
            case Map or Window or WindowGradient when operation.Output is { IsPerSample: true, Shape.IsSpatial: true } output:
                bool columns = _orientation.HasColumnsAlongVector(_views.RootOf(output));
                _result.Add(operation.Reading(input =>
                    input is { IsPerSample: true, Shape.IsSpatial: true }
                        && !(columns && operation is Map && input.Shape.Extents.Last() != output.Shape.Extents.Last())
                        ? InOrientation(operation.Layer, input, columns)
                        : input));
                return;

            // So does a sum, along those of what it goes through, and what it writes is the shorter to lay out anew.
            case Reduce { Source.Value.Shape.IsSpatial: true } reduce:
                bool along = _orientation.HasColumnsAlongVector(_views.RootOf(reduce.Source.Value));
                operation = reduce.Reading(input =>
                    input is { IsPerSample: true, Shape.IsSpatial: true } ? InOrientation(reduce.Layer, input, along) : input);
                AddWriting((Reduce)operation, along);
                return;

            // A softmax runs along the channels of a pixel, or takes many pixels side by side.
            case Softmax or SoftmaxGradient when operation.Output.Shape.IsImage:
                bool pixels = _orientation.HasColumnsAlongVector(_views.RootOf(operation.Output));
                _result.Add(operation.Reading(input => InOrientation(operation.Layer, input, pixels)));
                return;

            case Move row when _views.TryAttach(row, _isStep):
                _result.Add(row);
                return;

            case Scan scan:
                foreach (StepTensor tensor in scan.Tensors)
                    _views.Attach(tensor.Step, Part.Of(tensor));
                foreach (Move move in scan.Body.OfType<Move>())
                {
                    if (!_views.TryAttach(move, isInStep: true))
                        _views.Compose(move, scan.Body);
                }

                _result.Add(scan);
                return;

            // Pieces begin anywhere in a dimension, which a view cuts into factors.
            case Move:
                _result.Add(operation.Reading(input => _views.IsView(input) ? Whole(operation.Layer, input) : _views.KeepPlain(input)));
                return;

            default:
                _result.Add(operation);
                return;
        }
    }

    private Operation Converted(Contract contract, bool readsAside)
    {
        Value left = contract.Left.Value;
        if (!left.IsPerSample || !left.Shape.IsImage)
            return contract;
        bool isAlong = _orientation.HasColumnsAlongVector(_views.RootOf(left));
        // Columns along the vector of the output, or of its gradient, want those of the input beside each other; channels are read one by one, unless
        // they are the output's.
        bool columns = isAlong ? !ReadsChannels(contract)
            : new[] { contract.Target.Value, contract.Right.Value }.Any(other =>
                other is { IsPerSample: true, Shape.IsImage: true } && _orientation.HasColumnsAlongVector(_views.RootOf(other)));
        bool alongColumns = _orientation.HasColumnsAlongVector(contract.Target.Value);
        int gap = ScatterToGather.GapOf(contract, alongColumns);
        bool wantsRoom = readsAside && Borders.Around(contract, alongColumns) != Border.None;
        if (columns == isAlong && !wantsRoom && gap == 1)
            return contract;
        string suffix = columns != isAlong ? SuffixOf(columns) : gap > 1 ? "Apart" : "WithRoom";
        Value copy = Copy(contract.Layer, left, suffix, (columns, gap, wantsRoom), columns);
        return contract.Reading(value => value == left ? copy : value);
    }

    /// <summary>
    /// Whether a product of pixels has along its vectors the channels that it reads: a depthwise convolution, and the gradient of its weight, whose
    /// pixels are those of what flows back.
    /// </summary>
    private bool ReadsChannels(Contract contract)
    {
        Access pixels = contract.Right.Value.IsPerSample ? contract.Right : contract.Target;
        if (pixels.Value is not { IsPerSample: true, Shape.IsImage: true } || _orientation.HasColumnsAlongVector(_views.RootOf(pixels.Value)))
            return false;
        Axis? lane = pixels.Indices[0].Terms.Where(term => term.Axis.Extent > 1).OrderBy(term => term.Coefficient).FirstOrDefault()?.Axis;
        return lane is not null && contract.Left.Indices[0].CoefficientOf(lane) != 0;
    }

    // Whoever waits in another order gets a copy. Of a single pixel the channels are side by side either way.
    private void AddWriting(Reduce sum, bool columns)
    {
        Value target = sum.Output;
        if (target is not { IsPerSample: true, Shape.IsSpatial: true } || target.Shape.Extents.Skip(1).All(extent => extent == 1)
            || _orientation.HasColumnsAlongVector(_views.RootOf(target)) == columns)
        {
            _result.Add(sum);
            return;
        }

        Value summed = target.Sibling($"{target.Name}{SuffixOf(columns)}", target.Shape);
        _orientation.SetColumns(summed, columns);
        _result.Add(sum.Writing(summed));
        _result.Add(new Relayout(sum.Layer, target, summed));
    }

    private Value InOrientation(string layer, Value value, bool columns) =>
        _orientation.HasColumnsAlongVector(_views.RootOf(value)) == columns
            ? value
            : Copy(layer, value, SuffixOf(columns), columns, columns);

    private static string SuffixOf(bool columns) => columns ? "ByColumns" : "ByPixels";

    /// <summary>A copy that is no view, and whose dimensions are cut nowhere.</summary>
    private Value Whole(string layer, Value value) => Copy(layer, value, "Whole", "whole", _orientation.HasColumnsAlongVector(value));

    /// <summary>Whether a map reads an element of its operand for each that it writes, and not the same ones again.</summary>
    private static bool IsWhole(Value operand, Value output) =>
        operand.IsPerSample && output.IsPerSample && operand.Shape.Length == output.Shape.Length;

    /// <summary>
    /// What may be no view that cuts a dimension: pieces are put anywhere into what is moved to, and softmaxes and losses run along rows.
    /// </summary>
    private static IEnumerable<Value> Plain(Operation operation) => operation switch
    {
        Move => [operation.Output],
        Softmax or SoftmaxGradient or Judgement or CachedAttention or PastWindow or Attention or AttentionGradient =>
            [.. operation.Outputs, .. operation.Inputs],
        _ => [],
    };

    /// <summary>A copy of a tensor, one for all who want it in the same layout.</summary>
    private Value Copy(string layer, Value value, string suffix, object layout, bool columns)
    {
        if (_copies.TryGetValue((value, layout), out Value? copy))
            return copy;
        copy = _copies[(value, layout)] = value.Sibling($"{value.Name}{suffix}", value.Shape);
        if (!columns && _orientation.HasColumnsAlongVector(_views.RootOf(value)))
            _ofColumns.Add(copy);
        _orientation.SetColumns(copy, columns);
        _result.Add(new Relayout(layer, copy, value));
        return copy;
    }
}
