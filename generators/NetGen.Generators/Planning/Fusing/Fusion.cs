using NetGen.Generators.Graph;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.Fusing;

/// <summary>A unit of a program: a fused operation, or an operation that stands alone.</summary>
internal sealed record ProgramUnit(FusedOperation? Fused, Operation? Alone)
{
    public IEnumerable<Value> Reads => Fused is null
        ? Alone!.Inputs
        : (Fused.Head is Map || Fused.IsPass ? [] : Fused.Head.Inputs)
            .Concat(Fused.Reads.Select(read => read.Value))
            .Concat(Fused.Start is { } start ? [start.Value] : Array.Empty<Value>());

    /// <summary>Whether it is a part of a convolution that is computed tile by tile.</summary>
    public bool IsTiled => Alone is TileTransform { Stage: TileStage.Input }
        || Fused?.Head is TileTransform or Contract { Left.Value.IsScratch: true };

    public IEnumerable<Value> Writes => Fused is not null ? Fused.Results
        : Alone is Scan scan ? scan.Outputs.Concat(scan.Body.SelectMany(operation => operation.Outputs))
        : Alone!.Outputs;
}

/// <summary>Groups a program's operations into fused units.</summary>
internal static class Fusion
{
    /// <param name="operations">The operations in order.</param>
    /// <param name="kept">Tensors that are needed after the program, whoever reads them inside it.</param>
    /// <param name="isInStep">Whether they are those of a single step of time.</param>
    public static List<ProgramUnit> Fuse(IReadOnlyList<Operation> operations, ICollection<Value> kept, bool isInStep = false)
    {
        var units = new List<ProgramUnit>();
        var uses = new Uses(operations);
        var open = (Fused: (FusedOperation?)null, Members: new List<Operation>());
        foreach (Operation operation in operations)
        {
            if (operation is Map map && open.Fused is { } group && (group.CanAbsorb(map) || group.CanJoin(map, isInStep)))
            {
                group.Absorb(map);
                open.Members.Add(map);
                continue;
            }

            if (operation is Reduce sum && !isInStep && open.Fused?.CanTake(sum) == true)
            {
                open.Fused.Take(sum);
                open.Members.Add(sum);
                continue;
            }

            // A flattening inside the group is only another view of what it computes.
            if (operation is Reshape reshape && open.Fused?.Computed.TryGetValue(reshape.Source, out var same) == true)
            {
                open.Fused.Computed[reshape.Output] = same;
                open.Members.Add(reshape);
                continue;
            }

            // What reads nothing of the group may run before it.
            if (open.Fused is { } fused && !operation.Inputs.Any(fused.Computed.ContainsKey) && operation is DropoutMask or LengthMask)
            {
                units.Add(new ProgramUnit(null, operation));
                continue;
            }

            Close();
            switch (operation)
            {
                case Contract or Reduce or TileTransform { Stage: TileStage.Output }:
                    open = (new FusedOperation(operation), [operation]);
                    open.Fused!.Computed[operation.Output] = SumOf(operation);
                    break;
                case Map head:
                    open = (new FusedOperation(head), [head]);
                    open.Fused!.Computed[head.Output] = Expressions.Simplifier.Simplify(head.Body.Substitute(
                        head.Operands.ToDictionary(operand => operand.Variable, open.Fused.Read)));
                    break;
                default:
                    units.Add(new ProgramUnit(null, operation));
                    break;
            }
        }

        Close();
        return units;

        void Close()
        {
            if (open.Fused is { } fused)
            {
                foreach (Operation member in open.Members)
                {
                    bool isRead = uses.ReadersOf(member.Output).Any(reader => !open.Members.Contains(reader));
                    if ((isRead || kept.Contains(member.Output)) && member is not Reshape)
                        fused.Results.Add(member.Output);
                    else if ((isRead || kept.Contains(member.Output)) && member is Reshape view)
                        AddOnce(fused.Results, view.Source);
                }

                units.Add(new ProgramUnit(fused, null));
            }

            open = (null, []);
        }
    }

    private static void AddOnce(List<Value> values, Value value)
    {
        if (!values.Contains(value))
            values.Add(value);
    }

    private static Expressions.Expression SumOf(Operation operation) => operation is Reduce { Scale: not 1 } reduce
        ? Expressions.Functions.Variable(Kernel.Sum) * reduce.Scale
        : Expressions.Functions.Variable(Kernel.Sum);
}
