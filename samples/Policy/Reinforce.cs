using NetGen;
using NetGen.Maths;
using NetGen.Optimizers;

namespace Policy;

/// <summary>
/// REINFORCE with a baseline (Williams, "Simple statistical gradient-following algorithms for connectionist reinforcement learning", 1992): whatever
/// was done in an episode becomes more probable by as much as the episode went better from there than was expected.
/// </summary>
internal sealed class Reinforce : IDisposable
{
    private const int EpisodesPerUpdate = 10;
    private const float Discount = 0.99f;

    // Returns come near 1 at most, which suits the baseline.
    private const float Reward = 1 - Discount;

    private readonly Trainer<Actor> _actor;
    private readonly Trainer<Expectation> _expectation;
    private readonly List<float> _states = [], _returns = [];
    private readonly List<bool> _pushes = [];
    private RandomStream _random;

    public Reinforce(int seed)
    {
        var options = new TrainerOptions { Threads = 1 };
        _actor = new Trainer<Actor>(new Actor(seed), new Adam(0.01f), options);
        _expectation = new Trainer<Expectation>(new Expectation(seed + 1), new Adam(0.01f), options);
        _random = new RandomStream(seed);
    }

    public Actor Actor => _actor.Model;

    /// <summary>Plays some episodes, learns from them and returns their lengths.</summary>
    public int[] Update()
    {
        _states.Clear();
        _pushes.Clear();
        _returns.Clear();
        int[] lengths = [.. Enumerable.Range(0, EpisodesPerUpdate).Select(_ => Episode())];

        float[] states = [.. _states], returns = [.. _returns];
        float[] advantages = Advantages(states, returns);
        _actor.Step(states, batch =>
        {
            for (int i = 0; i < batch.Count; i++)
            {
                // The loss is −ln p(what was done) · advantage; its gradient with respect to the scores.
                float right = RightProbability(batch.Outputs.Slice(2 * i, 2));
                float slope = (right - (_pushes[i] ? 1 : 0)) * advantages[i] / batch.Count;
                (batch.Gradients[2 * i], batch.Gradients[2 * i + 1]) = (-slope, slope);
            }

            return 0;
        });
        // The baseline follows: several steps, as it only has to keep up.
        for (int step = 0; step < 5; step++)
            _expectation.Step(states, returns);
        return lengths;
    }

    /// <summary>The length of an episode in which always the more probable push is made.</summary>
    public int Show(ref RandomStream random, Action<CartPole>? watch = null)
    {
        var pole = new CartPole(ref random);
        Span<float> state = stackalloc float[CartPole.StateLength], scores = stackalloc float[2];
        for (int length = 1; ; length++)
        {
            watch?.Invoke(pole);
            pole.Look(state);
            Actor.Predict(state, scores);
            if (!pole.Push(scores[1] > scores[0]) || length == CartPole.MostSteps)
                return length;
        }
    }

    public void Dispose()
    {
        _actor.Dispose();
        _expectation.Dispose();
    }

    private int Episode()
    {
        var pole = new CartPole(ref _random);
        Span<float> state = stackalloc float[CartPole.StateLength], scores = stackalloc float[2];
        int length = 0;
        bool stands = true;
        for (; stands && length < CartPole.MostSteps; length++)
        {
            pole.Look(state);
            Actor.Predict(state, scores);
            bool right = _random.NextSingle() < RightProbability(scores);
            stands = pole.Push(right);
            _states.AddRange(state);
            _pushes.Add(right);
            _returns.Add(Reward);
        }

        // What came after each push; of an episode that time ended, more would have come, as much as is expected from there.
        float after = 0;
        if (stands)
        {
            pole.Look(state);
            Span<float> expected = stackalloc float[1];
            _expectation.Model.Predict(state, expected);
            after = expected[0];
        }

        for (int i = _returns.Count - 1; i >= _returns.Count - length; i--)
            after = _returns[i] += Discount * after;
        return length;
    }

    /// <summary>How much better it went than expected, with mean 0 and deviation 1 over all pushes.</summary>
    private float[] Advantages(float[] states, float[] returns)
    {
        var advantages = new float[returns.Length];
        _expectation.Model.PredictBatch(states, advantages);
        for (int i = 0; i < advantages.Length; i++)
            advantages[i] = returns[i] - advantages[i];
        float mean = advantages.Average();
        float deviation = MathF.Sqrt(advantages.Average(value => (value - mean) * (value - mean)));
        return [.. advantages.Select(value => (value - mean) / (deviation + 1e-6f))];
    }

    private static float RightProbability(ReadOnlySpan<float> scores) => 1 / (1 + MathF.Exp(scores[0] - scores[1]));
}
