namespace NetGen;

// How many samples of a batch are worked on at once. What a sample leaves behind on its way forward is read again on the way back: in pieces
// that the cache holds, from there instead of from memory. Pieces depend on the network and the batch alone, never on the number of workers,
// so that the bits do not either.
public sealed partial class Trainer<TNetwork>
{
    // The floats that stay in the share of the last cache that a worker may count on: 4 MB.
    private const int CachedLength = 1 << 20;

    // Where less is computed with a float than moving it takes, more workers than samples of a piece would wait for memory anyway.
    private const double OperationsPerMove = 64;
    private const int FewestIfMoved = 2;
    private const int FewestIfComputed = 8;

    // Gradients of pieces are added up: three passes over the parameters, to be small beside what is done with the samples.
    private const int LengthPerParameter = 4;

    private static readonly (int Whole, int Piece) s_longest = Longest();

    /// <summary>The most samples of such a batch that are worked on at once.</summary>
    private int MostAtOnce(int count) =>
        Math.Min(count, _options.MicroBatch > 0 ? _options.MicroBatch : Math.Max(s_longest.Whole, s_longest.Piece));

    /// <summary>The samples of each piece of such a batch, the last of which may have fewer.</summary>
    private int PieceOf(int count)
    {
        if (_options.MicroBatch > 0 || count <= s_longest.Whole)
            return MostAtOnce(count);
        return Pieces.LengthOf(count, s_longest.Piece);
    }

    private TrainingFrame EnsureCapacity(int capacity)
    {
        if (_frame is { } frame && frame.Capacity >= capacity)
            return frame;

        var workspace = new AlignedBuffer(TNetwork.TrainingWorkspaceLength(capacity));
        _frame = new TrainingFrame(s_weightings, workspace, capacity);
        return _job.Frame = _frame;
    }

    /// <summary>The longest batch that is worked on as a whole, and the longest piece of longer ones.</summary>
    private static (int Whole, int Piece) Longest()
    {
        NetworkDescription network = TNetwork.Description;
        int length = TNetwork.TrainingWorkspaceLength(1) - TNetwork.TrainingWorkspaceLength(0);

        // Statistics are those of the whole batch, and points that are kept show all of it.
        if (length <= 0 || network.Parameters.Any(parameter => parameter.IsState) || network.Points.Any(point => point.Activation is not null))
            return (int.MaxValue, int.MaxValue);
        bool isMoved = network.Operations * ForwardAndBackward < length * OperationsPerMove;
        long inCache = CachedLength / length, worthAdding = (long)network.ParameterBlockLength * LengthPerParameter / length;
        long piece = Math.Max(Math.Max(inCache, worthAdding), isMoved ? FewestIfMoved : FewestIfComputed);

        // A batch that is hardly too long loses more by a second round of barriers.
        return ((int)(2 * inCache), Pieces.RoundUp((int)Math.Min(piece, Pieces.Most)));
    }
}
