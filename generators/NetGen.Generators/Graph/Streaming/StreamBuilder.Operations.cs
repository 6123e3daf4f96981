using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph.Streaming;

/// <content>What each operation is at a single step.</content>
internal sealed partial class StreamBuilder
{
    private void Add(Operation operation)
    {
        switch (operation)
        {
            case Scan scan:
                Add(scan);
                break;
            case Contract contract:
                Add(contract);
                break;
            case Attention attention:
                Add(attention);
                break;
            case Map map:
                Add(map);
                break;
            case LengthMask mask:
                _masks[mask.Output] = mask.Kind;
                break;
            case Reduce reduce when _lastAlone.Contains(reduce.Source.Value):
                _streamed[reduce.Output] = _streamed[reduce.Source.Value].As(reduce.Output, time: -1);
                break;
            case Reduce reduce:
                if (Target(reduce.Layer, reduce.Target, reduce.Source) is { } sum)
                    _operations.Add(new Reduce(reduce.Layer, sum, Present(reduce.Source), reduce.Scale));
                break;
            case Gather gather:
                _operations.Add(new Gather(gather.Layer, New(gather.Output, 0).Value, gather.Table, _streamed[gather.Tokens].Value));
                break;
            case Reshape view:
                Add(view);
                break;
            case Relayout copy:
                StreamedValue copied = _streamed[copy.Source];
                _streamed[copy.Output] = copied.As(copy.Output, copied.Time);
                break;
            case Softmax softmax when _streamed[softmax.Source] is var logits && !(softmax.Source.Shape.IsSpatial && logits.Time == 0):
                Value probabilities = New(softmax.Output, logits.Time).Value;
                _operations.Add(new Softmax(softmax.Layer, probabilities, logits.Value));
                break;
            case Move move:
                Add(move);
                break;
            default:
                Refuse(operation.Layer, "looks at several steps at once");
                break;
        }
    }

    private StreamedValue New(Value value, int time) => _streamed[value] = StreamedValue.Of(value, time);

    private Access Present(Access access) => _streamed.TryGetValue(access.Value, out StreamedValue? streamed)
        ? new Access(streamed.Value, streamed.Indices(access.Indices))
        : access;

    /// <summary>Where a product or a sum goes at one step; null where it takes several steps together.</summary>
    private Access? Target(string layer, Access target, Access source)
    {
        StreamedValue streamed = _streamed[source.Value];
        int time = -1;
        if (streamed.Time >= 0)
        {
            IndexTerm? step = source.Indices[streamed.Time].Terms
                .FirstOrDefault(term => target.Indices.Any(index => index.IsPlain && index.Terms[0].Axis == term.Axis));
            if (step is not { Coefficient: 1 })
            {
                Refuse(layer, step is null ? "takes all steps together" : "gives a step for several that it reads");
                return null;
            }

            time = target.Indices.TakeWhile(index => !(index.IsPlain && index.Terms[0].Axis == step.Axis)).Count();
        }

        StreamedValue output = New(target.Value, time);
        return new Access(output.Value, output.Indices(target.Indices));
    }

    private void Add(Contract contract)
    {
        if (_streamed.ContainsKey(contract.Right.Value) && contract.Right.Value != contract.Left.Value)
        {
            Refuse(contract.Layer, "compares steps with one another");
            return;
        }

        if (Target(contract.Layer, contract.Target, contract.Left) is not { } target)
            return;
        StreamedValue source = _streamed[contract.Left.Value];
        Index time = source.Time < 0 ? Index.Sum(0) : contract.Left.Indices[source.Time];
        IndexTerm[] taps = [.. time.Terms.Where(term =>
            term.Axis.Extent > 1 && contract.Target.Indices.All(index => index.CoefficientOf(term.Axis) == 0))];
        int last = time.Offset + taps.Sum(tap => tap.Coefficient * (tap.Axis.Extent - 1));
        if (last > 0)
        {
            Refuse(contract.Layer, "reads steps that are still to come; write Padding = Padding.Causal");
            return;
        }

        if (taps.Length == 0 && time.Offset == 0)
        {
            _operations.Add(new Contract(contract.Layer, target, Present(contract.Left), Present(contract.Right)));
            return;
        }

        // The steps that the taps reach, oldest first.
        int lag = -time.Offset;
        Value past = _pasts[contract.Left.Value];
        Value window = new($"{source.Value.Name}Window", source.Value.Shape.Over(lag + 1), ValueKind.Activation);
        _tensors.Add(new StepTensor(window, past, _lags[contract.Left.Value] - lag) { Rows = lag + 1 });
        Index row = Index.Sum(0, [.. taps.Select(tap => (tap.Axis, tap.Coefficient))]);
        _operations.Add(new Contract(
            contract.Layer, target, new Access(window, [row, .. source.Indices(contract.Left.Indices)]), contract.Right));
    }

    private void Add(Map map)
    {
        if (map.Operands.Any(operand => _masks.TryGetValue(operand.Value, out LengthMaskKind kind) && kind == LengthMaskKind.Last))
            _lastAlone.Add(map.Output);
        map = PresentStep.Of(map, _masks.ContainsKey);
        if (map is { Body: Variable, Operands.Count: 1 } && map.Operands[0].Value is var same && same.Shape.Equals(map.Output.Shape))
        {
            _streamed[map.Output] = _streamed[same].As(map.Output, _streamed[same].Time);
            return;
        }

        (MapOperand Operand, StreamedValue Streamed)[] timed =
            [.. map.Operands.Where(operand => _streamed.ContainsKey(operand.Value)).Select(operand => (operand, _streamed[operand.Value]))];
        int time = timed.Where(operand => operand.Streamed.Time >= 0)
            .Select(operand => operand.Operand.Dimensions[operand.Streamed.Time]).DefaultIfEmpty(-1).First();
        StreamedValue output = New(map.Output, time);
        _operations.Add(new Map(map.Layer, output.Value, map.Body, [.. map.Operands.Select(OfStep)]) { Activation = map.Activation });

        MapOperand OfStep(MapOperand operand)
        {
            StreamedValue? streamed = _streamed.TryGetValue(operand.Value, out StreamedValue? known) ? known : RowOfStep(map.Layer, operand, time);
            IReadOnlyList<int> own = streamed?.Kept ?? [.. Enumerable.Range(0, operand.Value.Shape.Rank)];
            int[] dimensions = [.. own.Select(d => Math.Max(0, output.Kept.ToList().IndexOf(operand.Dimensions[d])))];
            return operand with { Value = streamed?.Value ?? operand.Value, Dimensions = dimensions.Length == 0 ? [0] : dimensions };
        }
    }

    /// <summary>The row of the present step, where an operand has numbers of its own for each; null for others.</summary>
    private StreamedValue? RowOfStep(string layer, MapOperand operand, int time)
    {
        Value table = operand.Value;
        int along = Enumerable.Range(0, table.Shape.Rank)
            .Where(own => operand.Dimensions[own] == time && table.Shape[own] > 1).DefaultIfEmpty(-1).First();
        if (along < 0)
            return null;
        if (along > 0)
        {
            Refuse(layer, "has numbers of its own for each step, which do not lie step by step");
            return null;
        }

        Bound(table.Shape[0]);
        var row = StreamedValue.Of(table, 0);
        _tensors.Add(new StepTensor(row.Value, table));
        return row;
    }

    private void Add(Attention attention)
    {
        if (!attention.IsCausal)
        {
            Refuse(attention.Layer, "looks at steps that are still to come; write Causal = true");
            return;
        }

        if (new[] { attention.Queries, attention.Keys, attention.Values }.Any(value => _streamed[value].Time != 1))
        {
            Refuse(attention.Layer, "takes all steps together");
            return;
        }

        Bound(attention.Keys.Shape[1]);
        _operations.Add(new CachedAttention(
            attention.Layer, New(attention.Output, 0).Value, _streamed[attention.Queries].Value,
            _pasts[attention.Keys], _pasts[attention.Values], attention.Scale));
    }

    private void Add(Reshape view)
    {
        StreamedValue source = _streamed[view.Source];
        int time = -1;
        if (source.Time >= 0)
        {
            // Time is where as many elements stand behind it as before.
            time = Enumerable.Range(0, view.Output.Shape.Rank)
                .Where(d => view.Output.Shape[d] == view.Source.Shape[source.Time] && Behind(view.Output, d) == Behind(view.Source, source.Time))
                .DefaultIfEmpty(-1).First();
            if (time < 0)
            {
                Refuse(view.Layer, "takes all steps together");
                return;
            }
        }

        if (source.Fits(view.Output, time))
        {
            _streamed[view.Output] = source.As(view.Output, time);
            Value root = view.Source;
            if (_pasts.TryGetValue(root, out Value? past))
                _pasts[view.Output] = past;
            return;
        }

        _operations.Add(new Reshape(view.Layer, New(view.Output, time).Value, source.Value));
    }

    private static int Behind(Value value, int dimension) =>
        value.Shape.Extents.Skip(dimension + 1).Aggregate(1, (product, extent) => product * extent);

    private void Add(Move move)
    {
        int time = -1;
        var pieces = new List<MovePiece>();
        foreach (MovePiece piece in move.Pieces)
        {
            StreamedValue source = _streamed[piece.Source.Value];
            if (source.Time < 0)
                continue;
            Index step = piece.Source.Indices[source.Time];
            if (step.Terms.Count == 0 && step.Offset == piece.Source.Value.Shape[source.Time] - 1)
                continue;
            time = piece.Target.TakeWhile(index => !index.Equals(step)).Count();
            if (!step.IsPlain || time == piece.Target.Count || move.Output.Shape[time] != piece.Source.Value.Shape[source.Time])
            {
                Refuse(move.Layer, "puts steps in other places");
                return;
            }
        }

        StreamedValue output = New(move.Output, time);
        foreach (MovePiece piece in move.Pieces)
            pieces.Add(new MovePiece(output.Indices(piece.Target), Present(piece.Source)));
        _operations.Add(new Move(move.Layer, output.Value, pieces));
    }

    private void Add(Scan scan)
    {
        if (scan.IsReversed)
        {
            Refuse(scan.Layer, "runs from the last step to the first");
            return;
        }

        if (scan.Carried.Any(carried => carried.Start is not null))
        {
            Refuse(scan.Layer, "begins with a state that is an input of the whole sequence");
            return;
        }

        Value[] masks = [.. scan.Tensors.Where(tensor => _masks.ContainsKey(tensor.Whole)).Select(tensor => tensor.Step)];
        Dictionary<Value, Value> read = scan.Tensors.Except(scan.Written)
            .Where(tensor => !scan.Carried.Contains(tensor) && !masks.Contains(tensor.Step))
            .ToDictionary(tensor => tensor.Step, tensor => _streamed[tensor.Whole].Value);
        Value Present(Value value) => read.TryGetValue(value, out Value? present) ? present : value;
        _operations.AddRange(
            scan.Body.Select(operation => (operation is Map map ? PresentStep.Of(map, masks.Contains) : operation).Reading(Present)));
        foreach (StepTensor written in scan.Written)
        {
            _streamed[written.Whole] = new StreamedValue(written.Step, 0, [.. Enumerable.Range(1, written.Step.Shape.Rank)]);
            if (_lags.TryGetValue(written.Whole, out int lag))
                Row(written.Whole, written.Step, lag);
        }

        foreach (StepTensor carried in scan.Carried)
            _tensors.Add(new StepTensor(carried.Step, _pasts[carried.Whole], _lags[carried.Whole] - 1));
    }
}
