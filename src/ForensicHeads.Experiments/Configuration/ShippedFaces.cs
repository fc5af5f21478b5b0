using ForensicHeads.Foundation;
using ForensicHeads.Generator.Faces;
using ForensicHeads.Generator.Losses;

namespace ForensicHeads.Experiments.Configuration;

/// <summary>The face networks that come with the toolkit, all trained on procedural heads.</summary>
public static class ShippedFaces
{
    /// <summary>Where the networks of content losses lie; those that are not there are left out.</summary>
    public static ContentLossFiles ContentLoss => new() { Identity = ShippedWeights.Find(IdentityDesign.Loss.Name) };

    /// <summary>A face-identity network: the judge of reports, or the one for the loss.</summary>
    /// <param name="design">Which.</param>
    /// <exception cref="UserErrorException">Its weights are not there.</exception>
    public static IFaceIdentity Identity(IdentityDesign design) => FaceIdentities.Load(design, PathOf(design.Name));

    /// <summary>The landmark finder.</summary>
    /// <exception cref="UserErrorException">Its weights are not there.</exception>
    public static ILandmarkFinder Landmarks() => LandmarkFinder.Load(PathOf(LandmarkFinder.NetworkName));

    // What lies in the working folder under that name must not stand in for what is shipped.
    private static string PathOf(string name) => ShippedWeights.Find(name) ?? ShippedWeights.Resolve(name);
}
