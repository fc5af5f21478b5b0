using ForensicHeads.Generator.Frames;

namespace ForensicHeads.Generator.Faces;

/// <summary>Tells people apart: frames to vectors whose cosine says how alike two faces are.</summary>
public interface IFaceIdentity : IDisposable
{
    /// <summary>Name for reports.</summary>
    string Name { get; }

    /// <summary>Side in pixels that the network works at; larger frames are reduced by the area filter.</summary>
    int Size { get; }

    /// <summary>Length of the vectors.</summary>
    int Length { get; }

    /// <summary>One unit vector of <see cref="Length"/> values a frame.</summary>
    /// <param name="frames">Square frames of at least <see cref="Size"/> pixels with their landmarks.</param>
    float[][] Embed(IReadOnlyList<Shot> frames);
}
