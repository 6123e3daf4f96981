using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph.Streaming;

/// <content>What each operation is at a single step.</content>
internal sealed partial class StreamBuilder
{
    private const string Unequal = "joins what has several steps for one of what it is joined with";

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
                Alias(reduce.Output, reduce.Source.Value, time: -1);
                break;
            case Reduce reduce:
                if (StepOf(reduce.Layer, reduce.Target, reduce.Source) is { } step)
                {
                    Access sum = Target(reduce.Target, step, _streamed[reduce.Source.Value].Clock);
                    _operations.Add(new Reduce(reduce.Layer, sum, Present(reduce.Source), reduce.Scale));
                }

                break;
            case Window window:
                Add(window);
                break;
            case Gather gather:
                StreamedValue tokens = _streamed[gather.Tokens];
                _operations.Add(new Gather(gather.Layer, New(gather.Output, 0, tokens.Clock).Value, gather.Table, tokens.Value));
                break;
            case Reshape view:
                Add(view);
                break;
            case Relayout copy:
                Alias(copy.Output, copy.Source, _streamed[copy.Source].Time);
                break;
            case Softmax softmax when _streamed[softmax.Source] is var logits && !(softmax.Source.Shape.IsSpatial && logits.Time == 0):
                Value probabilities = New(softmax.Output, logits.Time, logits.Clock).Value;
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

    private Access Present(Access access) => _streamed.TryGetValue(access.Value, out StreamedValue? streamed)
        ? new Access(streamed.Value, streamed.Indices(access.Indices))
        : access;

    private void Add(Map map)
    {
        if (map.Operands.Any(operand => _masks.TryGetValue(operand.Value, out LengthMaskKind kind) && kind == LengthMaskKind.Last))
            _lastAlone.Add(map.Output);
        map = PresentStep.Of(map, _masks.ContainsKey);
        if (map is { Body: Variable, Operands.Count: 1 } && map.Operands[0].Value is var same && same.Shape.Equals(map.Output.Shape))
        {
            Alias(map.Output, same, _streamed[same].Time);
            return;
        }

        (MapOperand Operand, StreamedValue Streamed)[] timed =
            [.. map.Operands.Where(operand => _streamed.ContainsKey(operand.Value)).Select(operand => (operand, _streamed[operand.Value]))];
        int time = timed.Where(operand => operand.Streamed.Time >= 0)
            .Select(operand => operand.Operand.Dimensions[operand.Streamed.Time]).DefaultIfEmpty(-1).First();
        if (Meet(map.Layer, Unequal, timed.Select(operand => operand.Operand.Value)) is not { } clock)
            return;
        StreamedValue output = New(map.Output, time, clock);
        _operations.Add(new Map(map.Layer, output.Value, map.Body, [.. map.Operands.Select(OfStep)]) { Activation = map.Activation });

        MapOperand OfStep(MapOperand operand)
        {
            StreamedValue? streamed = _streamed.ContainsKey(operand.Value) ? At(operand.Value, clock) : RowOfStep(map.Layer, operand, time, clock);
            IReadOnlyList<int> own = streamed?.Kept ?? [.. Enumerable.Range(0, operand.Value.Shape.Rank)];
            int[] dimensions = [.. own.Select(d => Math.Max(0, output.Kept.ToList().IndexOf(operand.Dimensions[d])))];
            return operand with { Value = streamed?.Value ?? operand.Value, Dimensions = dimensions.Length == 0 ? [0] : dimensions };
        }
    }

    /// <summary>The row of the present step, where an operand has numbers of its own for each; null for others.</summary>
    private StreamedValue? RowOfStep(string layer, MapOperand operand, int time, Clock clock)
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

        _needs.Bound(clock.Until(table.Shape[0]));
        var row = StreamedValue.Of(table, 0, clock);
        _clocks[row.Value] = clock;
        _rows.Add(new StreamRow(new StepTensor(row.Value, table, -clock.Latency), clock.Period));
        return row;
    }

    private void Add(Attention attention)
    {
        if (!attention.IsCausal)
        {
            Refuse(attention.Layer, "looks at steps that are still to come; write Causal = true");
            return;
        }

        Value[] read = [attention.Queries, attention.Keys, attention.Values];
        if (read.Any(value => _streamed[value].Time != 1))
        {
            Refuse(attention.Layer, "takes all steps together");
            return;
        }

        if (Meet(attention.Layer, Unequal, read) is not { } clock)
            return;
        _needs.Bound(clock.Until(attention.Keys.Shape[1]));
        (Value queries, Value output) = (At(attention.Queries, clock).Value, New(attention.Output, 0, clock).Value);
        _operations.Add(new CachedAttention(
            attention.Layer, output, queries, Cache(attention.Keys), Cache(attention.Values), attention.Scale, clock));
    }

    /// <summary>All that is remembered, and the row of the first step.</summary>
    private CachedRows Cache(Value value)
    {
        value = OwnerOf(value);
        _needs.Lag(value, 0);
        return new CachedRows(
            _pasts.TryGetValue(value, out Value? past) ? past : value, (_known.LagOf(value) ?? 0) + _streamed[value].Clock.Latency);
    }

    private void Add(Reshape view)
    {
        StreamedValue source = _streamed[view.Source];
        int time = -1;
        if (source.Time >= 0)
        {
            // Time is where as many elements stand behind it as before; of a single step that may be the height of a signal seen as an image, too.
            time = Enumerable.Range(0, view.Output.Shape.Rank)
                .Where(d => view.Output.Shape[d] == view.Source.Shape[source.Time] && Behind(view.Output, d) == Behind(view.Source, source.Time))
                .OrderBy(d => view.Output.Shape.Dimensions[d].Role == AxisRole.Height)
                .DefaultIfEmpty(-1).First();
            if (time < 0 || (view.Output.Shape.IsVector && !view.Source.Shape.IsVector))
            {
                Refuse(view.Layer, "takes all steps together");
                return;
            }
        }

        if (source.Fits(view.Output, time))
        {
            Alias(view.Output, view.Source, time);
            return;
        }

        _operations.Add(new Reshape(view.Layer, New(view.Output, time, source.Clock).Value, source.Value));
    }

    private static int Behind(Value value, int dimension) =>
        value.Shape.Extents.Skip(dimension + 1).Aggregate(1, (product, extent) => product * extent);

    private void Add(Move move)
    {
        int time = -1;
        var starts = new List<int>();
        foreach (MovePiece piece in move.Pieces)
        {
            StreamedValue source = _streamed[piece.Source.Value];
            Index step = source.Time < 0 ? Index.Sum(0) : piece.Source.Indices[source.Time];
            bool isLast = source.Time < 0 || (step.Terms.Count == 0 && step.Offset == piece.Source.Value.Shape[source.Time] - 1);
            starts.Add(isLast ? 0 : step.Offset);
            if (isLast)
                continue;
            Index plain = step with { Offset = 0 };
            time = piece.Target.TakeWhile(index => !index.Equals(plain)).Count();
            if (!plain.IsPlain || time == piece.Target.Count || move.Output.Shape[time] != plain.Terms[0].Axis.Extent)
            {
                Refuse(move.Layer, "puts steps in other places");
                return;
            }
        }

        // A part that begins later has a step for each of what it is a part of, from there on.
        (Value Value, int Start)[] read = [.. move.Pieces.Zip(starts, (piece, start) => (piece.Source.Value, start))];
        if (Meet(move.Layer, Unequal, read) is not { } clock)
            return;
        if (read.Length == 1 && IsWholeStep(move.Pieces[0], _streamed[read[0].Value], time))
        {
            _streamed[move.Output] = At(read[0].Value, clock, read[0].Start).As(move.Output, time);
            return;
        }

        StreamedValue output = New(move.Output, time, clock);
        MovePiece[] pieces = [.. move.Pieces.Zip(read, (piece, source) =>
        {
            StreamedValue streamed = At(source.Value, clock, source.Start);
            return new MovePiece(output.Indices(piece.Target), new Access(streamed.Value, streamed.Indices(piece.Source.Indices)));
        })];
        _operations.Add(new Move(move.Layer, output.Value, pieces));
    }

    /// <summary>Whether a piece is all of a step, in its order.</summary>
    private static bool IsWholeStep(MovePiece piece, StreamedValue source, int time)
    {
        Index[] target = [.. piece.Target.Where((_, dimension) => dimension != time)];
        Index[] read = [.. piece.Source.Indices.Where((_, dimension) => dimension != source.Time)];
        int[] extents = [.. piece.Source.Value.Shape.Extents.Where((_, dimension) => dimension != source.Time)];
        return time >= 0 && target.SequenceEqual(read)
            && read.Zip(extents, (index, extent) => index.IsPlain && index.Terms[0].Axis.Extent == extent).All(isWhole => isWhole);
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
        StepTensor[] inputs =
            [.. scan.Tensors.Except(scan.Written).Where(tensor => !scan.Carried.Contains(tensor) && !masks.Contains(tensor.Step))];
        if (Meet(scan.Layer, Unequal, inputs.Select(tensor => tensor.Whole)) is not { } clock)
            return;
        Dictionary<Value, Value> read = inputs.ToDictionary(tensor => tensor.Step, tensor => At(tensor.Whole, clock).Value);
        Value Present(Value value) => read.TryGetValue(value, out Value? present) ? present : value;
        foreach (Operation operation in scan.Body)
        {
            _operations.Add((operation is Map map ? PresentStep.Of(map, masks.Contains) : operation).Reading(Present));
            _clocks[operation.Output] = clock;
        }

        foreach (StepTensor written in scan.Written)
        {
            _streamed[written.Whole] = new StreamedValue(written.Step, 0, [.. Enumerable.Range(1, written.Step.Shape.Rank)], clock);
            Row(written.Whole, written.Step);
        }

        foreach (StepTensor carried in scan.Carried)
            PastOf(carried.Whole, carried.Step, clock, lag: 1, rows: null);
    }
}
