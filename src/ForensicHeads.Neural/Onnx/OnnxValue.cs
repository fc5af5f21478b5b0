namespace ForensicHeads.Neural.Onnx;

/// <summary>A tensor inside a graph: float32[batch, Channels, Height, Width].</summary>
/// <param name="Name">Its name, unique in the graph.</param>
/// <param name="Channels">Channels.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
internal sealed record OnnxValue(string Name, int Channels, int Height, int Width)
{
    /// <summary>Values of one item of the batch.</summary>
    public long Count => (long)Channels * Height * Width;
}
