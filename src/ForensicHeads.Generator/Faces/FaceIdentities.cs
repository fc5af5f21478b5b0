using ForensicHeads.Foundation;

namespace ForensicHeads.Generator.Faces;

/// <summary>Loads face-identity networks for use.</summary>
public static class FaceIdentities
{
    /// <summary>The network of that name from a weights file.</summary>
    /// <param name="design">Which network is wanted: one must not stand in for the other.</param>
    /// <param name="path">The weights.</param>
    /// <exception cref="UserErrorException">Missing or damaged, or weights of the other network.</exception>
    public static FaceIdentity Load(IdentityDesign design, string path)
    {
        var result = FaceIdentity.Load(path);
        if (result.Design == design) return result;
        result.Dispose();
        throw new UserErrorException($"{path} holds {result.Name}, but {design.Name} is needed here: what judges must never have been used in a loss. Choose other weights.");
    }
}
