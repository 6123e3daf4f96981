using NetGen;

namespace Voice;

/// <summary>
/// Silero VAD, which tells whether somebody speaks, as a class: its weights load as they are. It hears 32 ms at a time, with the last 4 ms of those
/// before, and what it remembers of all others is an input and an output.
/// </summary>
[Network]
public partial class VoiceNet
{
    /// <summary>The samples of a second.</summary>
    public const int Rate = 16000;

    /// <summary>The samples of a step.</summary>
    public const int Step = 512;

    /// <summary>The samples before those of the step that it hears again.</summary>
    public const int Context = 64;

    /// <summary>The numbers that it remembers, twice: the state and the cell of an LSTM.</summary>
    public const int Units = 128;

    [Input(1, Context + Step)] public partial Layer Audio { get; }
    [Input(Units)] public partial Layer State { get; }
    [Input(Units)] public partial Layer Cell { get; }

    // The spectrum of four overlapping windows: 129 frequencies, each a sine and a cosine, of which the length counts.
    [From(nameof(Audio)), Pad(Right = 64, Mode = PadMode.Reflect), Conv1D(258, 256, Stride = 128, Bias = false, Name = "stft_conv"), Magnitude]
    public partial Layer Spectrum { get; }

    [Conv1D(128, 3, Pad = 1, Name = "conv1"), Relu]
    [Conv1D(64, 3, Pad = 1, Stride = 2, Name = "conv2"), Relu]
    [Conv1D(64, 3, Pad = 1, Stride = 2, Name = "conv3"), Relu]
    [Conv1D(128, 3, Pad = 1, Name = "conv4"), Relu, Flatten]
    public partial Layer Sound { get; }

    [LstmCell(Units, InitialState = nameof(State), InitialCell = nameof(Cell), Name = "lstm_cell"), Output]
    public partial Layer NextState { get; }

    [From(nameof(NextState)), LastCell, Output]
    public partial Layer NextCell { get; }

    [From(nameof(NextState)), Relu, Reshape(Units, 1), Conv1D(1, 1, Name = "final_conv"), Sigmoid, Output]
    public partial Layer Probability { get; }
}
