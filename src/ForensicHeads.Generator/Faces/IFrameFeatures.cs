using ForensicHeads.Foundation;

namespace ForensicHeads.Generator.Faces;

/// <summary>Whole frames to the vectors in which kernel and Fréchet distances are taken. A network that a loss was built on must not stand behind it.</summary>
public interface IFrameFeatures
{
    /// <summary>Network and layer, for tables and figures.</summary>
    string Name { get; }

    /// <summary>One vector a frame, all of one length.</summary>
    /// <param name="frames">Square frames; larger ones than the network takes are reduced by the area filter.</param>
    float[][] Of(IReadOnlyList<RgbImage> frames);
}
