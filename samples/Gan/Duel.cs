using NetGen;
using NetGen.Maths;
using NetGen.Optimizers;

namespace Gan;

/// <summary>
/// Two networks that learn from each other (Goodfellow and others, "Generative adversarial nets", 2014): the critic to tell what is made from what is
/// real, and the maker to make what the critic takes for real.
/// </summary>
/// <remarks>
/// The maker's loss is the critic's for the wrong answer, −ln of the probability that the critic gives to "real", which has a gradient however sure
/// the critic is. A round in which the one wins moves both; the mean over many rounds of the maker's parameters makes better samples than those of
/// any round (Yazıcı and others, "The unusual effectiveness of averaging in GAN training", 2019).
/// </remarks>
internal sealed class Duel<TMaker, TCritic> : IDisposable
    where TMaker : class, ITrainableNetwork<TMaker>
    where TCritic : class, ITrainableNetwork<TCritic>
{
    // Real samples count as real to nine tenths, or a critic that is sure teaches little (Salimans and others, 2016).
    private const float Real = 0.9f;
    private const float Memory = 0.998f;

    private readonly int _count;
    private readonly Trainer<TMaker> _maker;
    private readonly Trainer<TCritic> _critic;
    private readonly TMaker _average;
    private readonly float[] _averaged, _noise, _shown, _labels, _wished;
    private RandomStream _random;

    /// <param name="maker">Makes samples from noise.</param>
    /// <param name="average">Another of its kind, which gets the mean of the maker's parameters.</param>
    /// <param name="critic">Judges one sample or, if its input is longer, several at a time.</param>
    /// <param name="count">How many samples are made in a round.</param>
    /// <param name="rate">Both networks' learning rate.</param>
    /// <param name="seed">What the noise is drawn from.</param>
    public Duel(TMaker maker, TMaker average, TCritic critic, int count, float rate, int seed)
    {
        _count = count;
        var options = new TrainerOptions { Seed = seed, Threads = 1 };
        _maker = new Trainer<TMaker>(maker, new Adam(rate) { Beta1 = 0.5f }, options);
        _critic = new Trainer<TCritic>(critic, new Adam(rate) { Beta1 = 0.5f }, options);
        _average = average;
        _averaged = maker.Parameters.Span.ToArray();
        _noise = new float[count * TMaker.InputLength];
        _shown = new float[2 * count * TMaker.OutputLength];
        int answers = count * TMaker.OutputLength / TCritic.InputLength;
        _labels = [.. Enumerable.Repeat(Real, answers), .. new float[answers]];
        _wished = [.. Enumerable.Repeat(1f, answers)];
        _random = new RandomStream(seed);
    }

    /// <summary>One step of each: the critic's loss, and the maker's.</summary>
    /// <param name="real">As many real samples as are made in a round.</param>
    public (float Critic, float Maker) Round(ReadOnlySpan<float> real)
    {
        FillNoise(_noise);
        // The gradient of the critic's input is that of the maker's output.
        float maker = _maker.Step(_noise, made =>
        {
            made.Outputs.CopyTo(_shown.AsSpan(_shown.Length / 2));
            return _critic.ComputeGradient(made.Outputs, _wished, made.Gradients);
        });
        real.CopyTo(_shown);
        float critic = _critic.Step(_shown, _labels);

        // The younger the duel, the shorter its memory.
        float memory = Math.Min(Memory, _maker.StepCount / (_maker.StepCount + 10f));
        ReadOnlySpan<float> now = _maker.Model.Parameters.Span;
        for (int i = 0; i < now.Length; i++)
            _averaged[i] += (1 - memory) * (now[i] - _averaged[i]);
        return (critic, maker);
    }

    /// <summary>Samples of the averaged maker, from noise of their own.</summary>
    public float[] Make(int count, int seed)
    {
        _average.Parameters.CopyFrom(_averaged);
        var noise = new float[count * TMaker.InputLength];
        var random = new RandomStream(seed);
        for (int i = 0; i < noise.Length; i++)
            noise[i] = (float)random.NextGaussian();
        var samples = new float[count * TMaker.OutputLength];
        _average.PredictBatch(noise, samples);
        return samples;
    }

    public int SamplesPerRound => _count;

    public void Dispose()
    {
        _maker.Dispose();
        _critic.Dispose();
    }

    private void FillNoise(Span<float> noise)
    {
        foreach (ref float value in noise)
            value = (float)_random.NextGaussian();
    }
}
