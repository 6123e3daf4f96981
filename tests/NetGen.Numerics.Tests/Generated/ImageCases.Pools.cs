using NetGen.Numerics.Tests.Oracle;

namespace NetGen.Numerics.Tests.Generated;

// Pools, along channels and along columns.
internal static partial class ImageCases
{
    // Pools of columns that a border cuts, of lines longer than a vector.
    private static IEnumerable<GeneratedCase> PoolsByLines()
    {
        OracleLayer[] pools =
        [
            new OracleMaxPool(new(3, 1, 1, 1), new(3, 1, 1, 1)), new OracleMaxPool(new(3, 2, 1, 1), new(3, 2, 1, 1)),
            new OracleMaxPool(new(2, 3, 1, 1), new(5, 1, 1, 2)),
            new OracleAveragePool(new(3, 1, 1, 1), new(3, 1, 1, 1)), new OracleAveragePool(new(4, 3, 1, 2), new(4, 2, 1, 1)),
            new OracleAveragePool(new(3, 1, 1, 1), new(3, 1, 1, 1), countPadding: false), new OracleMaxPool(new(1, Same: true), new(2, 2, Same: true)),
        ];
        foreach ((int i, OracleLayer pool) in pools.Index())
        {
            yield return new($"{pool.GetType().Name["Oracle".Length..]} of lines {i}", new OracleNetwork([2, 12, 33 + 2 * i], OracleLosses.MeanSquaredError,
                new OracleConv(4, new(3, 1, 1, 1), new(3, 1, 1, 1)), pool, new OracleConv(3, new(3, 1, 1, 1), new(3, 1, 1, 1))), 2);
        }
    }

    private static IEnumerable<GeneratedCase> Pools()
    {
        (WindowAxis Rows, WindowAxis Columns)[] windows =
        [
            (new(2, 2), new(2, 2)), (new(3, 3), new(2, 2)), (new(3, 2), new(3, 2)), (new(3, 1, 1, 1), new(3, 1, 1, 1)), (new(2, 1), new(2, 1)),
            (new(2, 1, 1, 1), new(2, 1, 1, 1)), (new(2, 3), new(2, 3)), (new(1, 2), new(1, 2)), (new(3, 2, 1, 1), new(2, 3, 1, 1)),
            (new(7, 7), new(8, 8)), (new(3, 2, Same: true), new(3, 2, Same: true)), (new(2, 3, Same: true), new(4, 3, Same: true)),
        ];
        foreach ((int i, (WindowAxis rows, WindowAxis columns)) in windows.Index())
        {
            string name = $"rows {Text(rows)}, columns {Text(columns)}";
            int channels = s_channels[(i * 5 + 2) % 12];
            Func<OracleLayer>[] kinds =
            [
                () => new OracleMaxPool(rows, columns), () => new OracleAveragePool(rows, columns), () => new OracleAveragePool(rows, columns, countPadding: false),
            ];
            foreach ((int k, Func<OracleLayer> create) in kinds.Index())
            {
                string kind = create().GetType().Name["Oracle".Length..] + (k == 2 ? " without its padding" : "");
                if ((i + k) % 3 == 1 && i % 2 == 0)
                {
                    yield return new($"{kind} first, {name}", new OracleNetwork(
                        [channels, 7, 8], OracleLosses.MeanSquaredError, create(), new OracleDense(3)), s_batches[i % 5]);
                }

                if ((i + k) % 3 == 0 || (k == 0 && rows.Pad > 0))
                {
                    yield return new($"{kind} behind conv, {name}", new OracleNetwork(
                        [2, 7, 8], OracleLosses.MeanSquaredError,
                        new OracleConv(channels, new(1), new(1)), i % 2 == 0 ? Activations.Relu : Activations.Tanh, create(),
                        new OracleConv(3, new(1), new(1))), s_batches[(i + k) % 5]);
                }
            }
        }
    }

    // Lines whose last pair of vectors ends behind them, where the next line begins.
    private static IEnumerable<GeneratedCase> PoolsOfPairs()
    {
        WindowAxis two = new(2, 2), three = new(3, Same: true);
        foreach ((int rows, int columns) in new[] { (6, 34), (4, 40), (2, 48), (6, 72) })
        {
            yield return new($"a largest of pairs of {columns} columns", new OracleNetwork([1, rows, columns], OracleLosses.MeanSquaredError,
                new OracleConv(3, three, three), new OracleMaxPool(two, two), new OracleDense(2)), 3);
            yield return new($"a mean of pairs of {columns} columns", new OracleNetwork([2, rows, columns], OracleLosses.MeanSquaredError,
                new OracleConv(2, three, three), Activations.Tanh, new OracleAveragePool(new(rows, rows), two), new OracleConv(3, new(1), new(1))), 2);
        }
    }
}
