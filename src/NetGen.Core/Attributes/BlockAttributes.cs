namespace NetGen;

/// <summary>The layers of a block, with parameters of their own.</summary>
/// <typeparam name="TBlock">A class with <see cref="BlockAttribute"/>.</typeparam>
public sealed class UseAttribute<TBlock> : LayerAttribute
{
    /// <summary>How often the block is used, one after the other, each time with parameters of its own. 1 unless set.</summary>
    public int Times { get; set; } = 1;

    /// <summary>
    /// The name of a point further up that uses the same block, whose parameters this use shares: <c>Share = nameof(Left)</c>.
    /// </summary>
    public string? Share { get; set; }
}

/// <summary>
/// A residual connection, <c>y = x + body(x)</c> (K. He et al., "Deep Residual Learning for Image Recognition", 2016). The body's
/// output has the shape of its input. In weight files the block's names stand behind <c>body</c>.
/// </summary>
/// <typeparam name="TBody">A class with <see cref="BlockAttribute"/>.</typeparam>
public sealed class ResidualAttribute<TBody> : LayerAttribute
{
    /// <summary>How often it is used, one after the other, each time with parameters of its own. 1 unless set.</summary>
    public int Times { get; set; } = 1;
}

/// <summary>
/// A residual connection that changes the shape, <c>y = shortcut(x) + body(x)</c>. In weight files the blocks' names stand behind
/// <c>body</c> and <c>shortcut</c>.
/// </summary>
/// <typeparam name="TBody">A class with <see cref="BlockAttribute"/>.</typeparam>
/// <typeparam name="TShortcut">A class with <see cref="BlockAttribute"/>.</typeparam>
public sealed class ResidualAttribute<TBody, TShortcut> : LayerAttribute
{
    /// <summary>How often it is used, one after the other, each time with parameters of its own. 1 unless set.</summary>
    public int Times { get; set; } = 1;
}
