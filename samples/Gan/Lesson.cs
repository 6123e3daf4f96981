using NetGen.Maths;
using NetGen.Data;
using Spectre.Console;

namespace Gan;

/// <summary>A duel from its first round to its last, with what the maker makes on the way.</summary>
internal static class Lesson
{
    private const int Shown = 1024;

    /// <summary>The ring of Gaussians.</summary>
    public static void LearnRing(int rounds, int seed, string file)
    {
        using var duel = new Duel<PointMaker, PointCritic>(
            new PointMaker(seed), new PointMaker(seed), new PointCritic(seed + 1), count: 512, rate: 1e-3f, seed);
        var random = new RandomStream(seed, stream: 1);
        var real = new float[duel.SamplesPerRound * 2];
        var stages = new List<(int Round, float[] Points)>();
        int[] shownAfter = [Math.Max(1, rounds / 20), Math.Max(1, rounds / 5), rounds];
        for (int round = 1; round <= rounds; round++)
        {
            Ring.Draw(real, ref random);
            (float critic, float maker) = duel.Round(real);
            if (!shownAfter.Contains(round))
                continue;
            float[] made = duel.Make(Shown, seed);
            stages.Add((round, made));
            (int places, double near) = Ring.Judge(made);
            Console.WriteLine($"round {round,5}: the critic's loss {critic:0.000}, the maker's {maker:0.000}, {places} places, {near:P0} near one");
        }

        Ring.Draw(real, ref random);
        AnsiConsole.Write(new Columns(
            new Panel(new Text(Pictures.Points(real))).Header("drawn").Padding(0, 0),
            new Panel(new Text(Pictures.Points(stages[^1].Points.AsSpan(0, real.Length)))).Header("made").Padding(0, 0)) { Expand = false });
        File.WriteAllText(file, Pictures.PointsSvg(stages));
        (int found, double share) = Ring.Judge(duel.Make(20 * Shown, seed));
        Console.WriteLine($"picture: {Path.GetRelativePath(".", file)}");
        Console.WriteLine($"places: {found} of {Ring.Places}");
        Console.WriteLine($"near a place: {share:0.000}");
    }

    /// <summary>Handwritten digits.</summary>
    public static void LearnDigits(MemoryDataset digits, int epochs, int seed, string file)
    {
        const int Across = 5;
        using var duel = new Duel<PictureMaker, PictureCritic>(
            new PictureMaker(seed), new PictureMaker(seed), new PictureCritic(seed + 1), count: Math.Min(64, digits.Count), rate: 5e-4f, seed);
        int batch = duel.SamplesPerRound;
        var real = new float[batch * PictureMaker.OutputLength];
        var random = new RandomStream(seed, stream: 1);
        int[] order = [.. Enumerable.Range(0, digits.Count)];
        for (int epoch = 1; epoch <= epochs; epoch++)
        {
            random.Shuffle<int>(order);
            (float critic, float maker) = (0, 0);
            for (int from = 0; from + batch <= order.Length; from += batch)
            {
                for (int i = 0; i < batch; i++)
                    digits.Input(order[from + i]).CopyTo(real.AsSpan(i * PictureMaker.OutputLength));
                (critic, maker) = duel.Round(real);
            }

            Console.WriteLine($"epoch {epoch,3}: the critic's loss {critic:0.000}, the maker's {maker:0.000}");
            Console.WriteLine(Pictures.Digits(duel.Make(Across, seed), Across));
        }

        File.WriteAllText(file, Pictures.DigitsSvg(duel.Make(60, seed), across: 10));
        Console.WriteLine($"picture: {Path.GetRelativePath(".", file)}");
    }
}
