namespace NetGen.Benchmarks.Networks;

/// <summary>The recurrent network of W6 in the faster grade of its functions.</summary>
[Network(Precision = Precision.Fast), Input(64, 1)]
[Gru(20), Dense(1)]
public partial class FastGruSignal;

/// <summary>The same with as many inputs as units, two vectors.</summary>
[Network(Precision = Precision.Fast), Input(64, 32)]
[Gru(32)]
public partial class FastGru32;

/// <summary>The feed-forward half of a transformer block.</summary>
[Network, Input(64)]
[Dense(256), Gelu, Dense(64), MeanSquaredError]
public partial class GeluNet;

/// <summary>The same in the faster grade of its functions.</summary>
[Network(Precision = Precision.Fast), Input(64)]
[Dense(256), Gelu, Dense(64), MeanSquaredError]
public partial class FastGeluNet;

/// <summary>The feed-forward half of a transformer block, with the approximation of Gelu through tanh.</summary>
[Network, Input(64)]
[Dense(256), Gelu(Approximate = true), Dense(64), MeanSquaredError]
public partial class GeluTanhNet;

/// <summary>The same in the faster grade of its functions.</summary>
[Network(Precision = Precision.Fast), Input(64)]
[Dense(256), Gelu(Approximate = true), Dense(64), MeanSquaredError]
public partial class FastGeluTanhNet;
