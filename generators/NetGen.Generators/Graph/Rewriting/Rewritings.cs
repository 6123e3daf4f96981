namespace NetGen.Generators.Graph.Rewriting;

/// <summary>What is done to a graph before it is differentiated: the same values, computed in another order.</summary>
internal static class Rewritings
{
    public static NetworkGraph Apply(NetworkGraph graph) => graph with
    {
        Prediction = Apply(graph.Prediction, []),
        Training = Apply(graph.Training, [.. graph.KeptPoints.Select(point => point.Value)]),
    };

    private static IReadOnlyList<Operation> Apply(IReadOnlyList<Operation> operations, HashSet<Value> kept) =>
        SoftmaxRows.Rewrite(PoolingOrder.Rewrite(operations, kept));
}
