namespace ForensicHeads.Experiments.Configuration;

/// <summary>The face networks that come with the toolkit, all trained on procedural heads.</summary>
public static class ShippedFaces
{
    /// <summary>Where the networks of content losses lie: what is shipped, and what the user put into a model folder. Of those that the
    /// face models are looked for in the first that holds VGG19 counts, else the first for the message.</summary>
    /// <param name="folder">The folder of <c>--models</c>, or null.</param>
    public static ContentLossFiles ContentLoss(string? folder = null)
    {
        var folders = ModelRegistry.Folders(folder);
        return new ContentLossFiles
        {
            Identity = ShippedWeights.Find(IdentityDesign.Loss.Name),
            Models = folders.FirstOrDefault(place => File.Exists(Path.Combine(place, VggLayers.Vgg19.FileName))) ?? folders[0],
        };
    }

    /// <summary>A face-identity network: the judge of reports, or the one for the loss.</summary>
    /// <param name="design">Which.</param>
    /// <exception cref="UserErrorException">Its weights are not there.</exception>
    public static IFaceIdentity Identity(IdentityDesign design) => FaceIdentities.Load(design.Kind, PathOf(design.Name));

    /// <summary>The landmark finder.</summary>
    /// <exception cref="UserErrorException">Its weights are not there.</exception>
    public static ILandmarkFinder Landmarks() => LandmarkFinder.Load(PathOf(LandmarkFinder.Shipped));

    // What lies in the working folder under that name must not stand in for what is shipped.
    internal static string PathOf(string name, int size = 0) =>
        ShippedWeights.Find(name) ?? ShippedWeights.Resolve(name, size);
}
