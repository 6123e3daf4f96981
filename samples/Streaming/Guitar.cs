namespace Streaming;

/// <summary>Plucked strings, made up: noise that runs round in a loop as long as the string and loses its highs on the way.</summary>
/// <remarks>K. Karplus and A. Strong, "Digital Synthesis of Plucked-String and Drum Timbres", 1983.</remarks>
internal static class Guitar
{
    /// <summary>Samples a second.</summary>
    public const int Rate = 44100;

    // A minor, F, C, G: the notes of each as steps from A.
    private static readonly int[][] s_chords = [[0, 7, 12, 15, 19], [-4, 3, 8, 12, 15], [3, 10, 15, 19, 22], [-2, 5, 10, 14, 17]];

    /// <summary>Chords, one after the other, each string a little later than the one below.</summary>
    public static float[] Play(int seconds, int seed)
    {
        var random = new Random(seed);
        var signal = new float[seconds * Rate];
        const int Beat = Rate / 2;
        for (int start = 0, chord = 0; start < signal.Length; start += Beat, chord++)
        {
            int[] notes = s_chords[chord / 2 % s_chords.Length];
            for (int i = 0; i < notes.Length; i++)
                Pluck(signal, start + (i * Rate / 60), 110 * Math.Pow(2, notes[i] / 12.0), 0.1f + (0.15f * random.NextSingle()), random);
        }

        return signal;
    }

    private static void Pluck(float[] signal, int start, double pitch, float loudness, Random random)
    {
        var loop = new float[(int)(Rate / pitch)];
        for (int i = 0; i < loop.Length; i++)
            loop[i] = loudness * ((2 * random.NextSingle()) - 1);
        for (int i = start, place = 0; i < Math.Min(signal.Length, start + Rate); i++, place = (place + 1) % loop.Length)
        {
            signal[i] += loop[place];
            loop[place] = 0.497f * (loop[place] + loop[(place + 1) % loop.Length]);
        }
    }
}
