namespace NetGen.Tests.Attention;

/// <summary>Attention and its gradients by blocks, against sums over all scores in double precision.</summary>
[Trait("Category", "Numeric")]
public sealed class BlockedAttentionTests
{
    private const int Samples = 2;

    [Theory]
    [InlineData(1, 1, 1, 3, 3, true, 0)]
    [InlineData(2, 37, 37, 16, 16, true, 0)]
    [InlineData(3, 70, 150, 20, 12, false, 0)]
    [InlineData(2, 33, 140, 5, 40, false, 77)]
    [InlineData(2, 160, 160, 32, 32, false, 31)]
    [InlineData(2, 300, 300, 32, 32, true, 0)]
    [InlineData(2, 131, 131, 48, 48, true, 130)]
    [InlineData(1, 40, 40, 600, 600, true, 0)]
    public void Blocks_give_what_all_scores_would(int heads, int queries, int keys, int size, int valueSize, bool isCausal, int length)
    {
        var problem = new Problem(heads, queries, keys, size, valueSize, isCausal, [length == 0 ? keys : length, keys]);
        problem.Run(hasLengths: length != 0);
        problem.Check();
    }

    [Fact]
    public void What_is_not_a_number_reaches_those_who_look_at_it_alone()
    {
        var problem = new Problem(1, 140, 140, 8, 8, isCausal: true, [140, 140]);
        problem.Keys.Set(0, 0, 133, float.NaN);
        problem.Run(hasLengths: false);
        Assert.False(float.IsNaN(problem.Context.Get(0, 0, 132, 0)));
        Assert.True(float.IsNaN(problem.Context.Get(0, 0, 133, 0)));
        Assert.True(float.IsNaN(problem.Context.Get(0, 0, 139, 0)));
        Assert.False(float.IsNaN(problem.Context.Get(1, 0, 139, 0)));
    }

    [Fact]
    public void Scores_without_end_are_weights_of_nothing()
    {
        // All scores of the first block are −∞, those behind it are not.
        var problem = new Problem(1, 4, 160, 8, 8, isCausal: false, [160, 160]);
        for (int query = 0; query < 4; query++)
            problem.Queries.Set(0, 0, query, 1f);
        for (int key = 0; key < 150; key++)
            problem.Keys.Set(0, 0, key, float.NegativeInfinity);
        problem.Run(hasLengths: false);
        float[] last = [.. Enumerable.Range(150, 10).Select(key => problem.Values.Get(0, 0, key, 0))];
        Assert.InRange(problem.Context.Get(0, 0, 0, 0), last.Min(), last.Max());
    }

    /// <summary>Rows of samples, heads and steps, each with room for whole vectors.</summary>
    private sealed class Tensor(int heads, int steps, int size, bool isByStep, Random? random)
    {
        private readonly int _row = (size + 15) / 16 * 16;
        private readonly float[] _numbers = [.. Enumerable.Range(0, Samples * heads * steps * ((size + 15) / 16 * 16))
            .Select(_ => random is null ? float.NaN : (float)(random.NextDouble() * 4) - 2)];

        public HeadRows Rows => isByStep ? new(heads * steps * _row, _row, heads * _row) : new(heads * steps * _row, steps * _row, _row);

        public ref float First => ref _numbers[0];

        public float Get(int sample, int head, int step, int element) => _numbers[At(sample, head, step) + element];

        public void Set(int sample, int head, int step, float value) => _numbers.AsSpan(At(sample, head, step), size).Fill(value);

        private int At(int sample, int head, int step) =>
            (sample * heads * steps + (isByStep ? step * heads + head : head * steps + step)) * _row;
    }

    private sealed class Problem
    {
        private readonly int _heads, _queries, _keys, _size, _valueSize;
        private readonly bool _isCausal;
        private readonly float[] _lengths;
        private readonly float _scale;
        private readonly Tensor _sums, _contextGradient, _queriesGradient, _keysGradient, _valuesGradient;

        public Problem(int heads, int queries, int keys, int size, int valueSize, bool isCausal, float[] lengths)
        {
            (_heads, _queries, _keys, _size, _valueSize, _isCausal, _lengths) = (heads, queries, keys, size, valueSize, isCausal, lengths);
            _scale = 1 / MathF.Sqrt(size);
            var random = new Random(7);
            Queries = new(heads, queries, size, isByStep: false, random);
            Keys = new(heads, keys, size, isByStep: false, random);
            Values = new(heads, keys, valueSize, isByStep: false, random);
            _contextGradient = new(heads, queries, valueSize, isByStep: true, random);
            // What is written may hold anything before.
            Context = new(heads, queries, valueSize, isByStep: true, null);
            _sums = new(heads, 2, queries, isByStep: false, null);
            _queriesGradient = new(heads, queries, size, isByStep: false, null);
            _keysGradient = new(heads, keys, size, isByStep: false, null);
            _valuesGradient = new(heads, keys, valueSize, isByStep: false, null);
        }

        public Tensor Queries { get; }

        public Tensor Keys { get; }

        public Tensor Values { get; }

        public Tensor Context { get; }

        public void Run(bool hasLengths)
        {
            var shape = new AttentionShape(_heads, _queries, _keys, _size, _valueSize, _scale, _isCausal);
            if (!hasLengths)
            {
                BlockedAttention.Attend(
                    shape, ref Context.First, Context.Rows, ref _sums.First, _sums.Rows, in Queries.First, Queries.Rows, in Keys.First, Keys.Rows,
                    in Values.First, Values.Rows, 0, Samples);
                BlockedAttention.Gradient(
                    shape, ref _queriesGradient.First, _queriesGradient.Rows, ref _keysGradient.First, _keysGradient.Rows,
                    ref _valuesGradient.First, _valuesGradient.Rows, in _contextGradient.First, _contextGradient.Rows,
                    in Context.First, Context.Rows, in _sums.First, _sums.Rows, in Queries.First, Queries.Rows, in Keys.First, Keys.Rows,
                    in Values.First, Values.Rows, 0, Samples);
                return;
            }

            BlockedAttention.Attend(
                shape, ref Context.First, Context.Rows, ref _sums.First, _sums.Rows, in Queries.First, Queries.Rows, in Keys.First, Keys.Rows,
                in Values.First, Values.Rows, in _lengths[0], 1, 0, Samples);
            BlockedAttention.Gradient(
                shape, ref _queriesGradient.First, _queriesGradient.Rows, ref _keysGradient.First, _keysGradient.Rows,
                ref _valuesGradient.First, _valuesGradient.Rows, in _contextGradient.First, _contextGradient.Rows,
                in Context.First, Context.Rows, in _sums.First, _sums.Rows, in Queries.First, Queries.Rows, in Keys.First, Keys.Rows,
                in Values.First, Values.Rows, in _lengths[0], 1, 0, Samples);
        }

        public void Check()
        {
            for (int sample = 0; sample < Samples; sample++)
            {
                for (int head = 0; head < _heads; head++)
                    Check(sample, head);
            }
        }

        private void Check(int sample, int head)
        {
            double[,] queries = new double[_queries, _size], keys = new double[_keys, _size], values = new double[_keys, _valueSize];
            for (int i = 0; i < _queries; i++)
            {
                int seen = Math.Min((int)_lengths[sample], _isCausal ? i + 1 : _keys);
                double Dot(Tensor left, Tensor right, int j, int length) =>
                    Enumerable.Range(0, length).Sum(c => (double)left.Get(sample, head, i, c) * right.Get(sample, head, j, c));
                double[] scores = [.. Enumerable.Range(0, seen).Select(j => _scale * Dot(Queries, Keys, j, _size))];
                double largest = scores.Max(), sum = scores.Sum(score => Math.Exp(score - largest));
                double[] weights = [.. scores.Select(score => Math.Exp(score - largest) / sum)];
                double mean = 0;
                for (int c = 0; c < _valueSize; c++)
                {
                    double expected = weights.Select((weight, j) => weight * Values.Get(sample, head, j, c)).Sum();
                    Assert.Equal(expected, Context.Get(sample, head, i, c), 1e-5);
                    mean += expected * _contextGradient.Get(sample, head, i, c);
                }

                for (int j = 0; j < seen; j++)
                {
                    double change = _scale * weights[j] * (Dot(_contextGradient, Values, j, _valueSize) - mean);
                    for (int c = 0; c < _valueSize; c++)
                        values[j, c] += weights[j] * _contextGradient.Get(sample, head, i, c);
                    for (int c = 0; c < _size; c++)
                    {
                        queries[i, c] += change * Keys.Get(sample, head, j, c);
                        keys[j, c] += change * Queries.Get(sample, head, i, c);
                    }
                }
            }

            Agree(queries, _queriesGradient);
            Agree(keys, _keysGradient);
            Agree(values, _valuesGradient);

            void Agree(double[,] expected, Tensor found)
            {
                for (int i = 0; i < expected.GetLength(0); i++)
                {
                    for (int c = 0; c < expected.GetLength(1); c++)
                        Assert.Equal(expected[i, c], found.Get(sample, head, i, c), 2e-5);
                }
            }
        }
    }
}
