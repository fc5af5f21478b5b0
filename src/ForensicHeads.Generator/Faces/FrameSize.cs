using ForensicHeads.Foundation;

namespace ForensicHeads.Generator.Faces;

/// <summary>What frames the face networks take.</summary>
internal static class FrameSize
{
    /// <summary>Frames must be square and large enough; they are reduced, never enlarged.</summary>
    /// <exception cref="UserErrorException">This one is not.</exception>
    public static void Check(RgbImage frame, string network)
    {
        if (frame.Width == frame.Height && frame.Width >= FaceIdentity.NetworkSize) return;
        throw new UserErrorException($"A frame is {frame.Width}×{frame.Height}; {network} takes square ones of {FaceIdentity.NetworkSize} px or more. Make the store with --size {FaceIdentity.NetworkSize} or more.");
    }
}
