namespace ForensicHeads.Generator.Training;

/// <summary>A drawn sample grid and what it measures.</summary>
/// <param name="Png">The picture.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="SwapChange">
/// Mean |G(y_i, ê_i) − G(y_i, ê_j)| over the people of the grid, divided by the standard deviation of their true frames' values: near 0
/// where ê is ignored. Null where the grid shows one person alone.
/// </param>
public sealed record SampleDrawing(byte[] Png, int Width, int Height, double? SwapChange);
