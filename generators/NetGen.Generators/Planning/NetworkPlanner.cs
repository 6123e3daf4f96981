using NetGen.Generators.Differentiation;
using NetGen.Generators.Graph;
using NetGen.Generators.Planning.Rewriting;

namespace NetGen.Generators.Planning;

/// <summary>Plans a network: the parameters' layouts, then prediction, then training on the same layouts.</summary>
internal static class NetworkPlanner
{
    public static NetworkPlan Plan(NetworkGraph graph)
    {
        IReadOnlyList<Operation> inference = Rewrite(graph.Prediction);
        LayoutPlanner layouts = LayoutPlanner.Plan(graph, inference, Orientation.Choose(graph, inference), gradients: null);

        var parameters = new List<(Parameter, Layout)>();
        var offsets = new Dictionary<Value, long>();
        int length = 0;
        foreach (Parameter parameter in graph.Parameters)
        {
            Layout layout = layouts.Of(parameter);
            parameters.Add((parameter, layout.MovedBy(length)));
            offsets[parameter] = length;
            length += Layout.RoundUp(layout.Size);
        }

        return new NetworkPlan(
            graph,
            parameters,
            length,
            InferencePlanner.Plan(graph, inference, layouts, offsets),
            graph.IsTrainable ? TrainingPlanner.Plan(graph, Rewrite(graph.Training), offsets) : null);
    }

    private static IReadOnlyList<Operation> Rewrite(IReadOnlyList<Operation> operations) =>
        SoftmaxRows.Rewrite(PoolingOrder.Rewrite(operations));
}
