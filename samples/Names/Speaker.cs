using NetGen.Maths;

namespace Names;

/// <summary>Makes up names: letter after letter, each drawn by what the network thinks of those before it, which its stream remembers.</summary>
internal sealed class Speaker(NextLetter network, int seed)
{
    private readonly NextLetter.PredictionStream _stream = network.OpenStream();
    private readonly float[] _scores = new float[Alphabet.Letters];
    private RandomStream _random = new(seed);

    /// <summary>A name; cut off where it would be longer than any that were learned.</summary>
    internal string Name()
    {
        var name = new System.Text.StringBuilder();
        _stream.Reset();
        for (int token = Next(Alphabet.Edge); token != Alphabet.Edge && name.Length < Alphabet.Steps - 1; token = Next(token))
            name.Append(Alphabet.Letter(token));
        return name.ToString();
    }

    /// <summary>Takes a token and draws the next one.</summary>
    private int Next(int token)
    {
        _stream.Step(token, _scores);
        float largest = _scores.Max();
        double left = _random.NextDouble() * _scores.Sum(score => Math.Exp(score - largest));
        for (int next = 0; next < _scores.Length - 1; next++)
        {
            left -= Math.Exp(_scores[next] - largest);
            if (left < 0)
                return next;
        }

        return _scores.Length - 1;
    }
}
