namespace ForensicHeads.Datasets.Procedural;

/// <summary>Everything of a person that no video changes: meshes and textures. Immutable, shared between threads.</summary>
internal sealed class HeadModel
{
    public HeadModel(HeadTraits traits, RendererVersion renderer)
    {
        Traits = traits;
        var shape = new FaceShape(traits);
        Head = new HeadMesh(shape);
        Ears = Parts.Ears(shape);
        EarColour = Parts.EarColour(traits);
        Eyeball = Parts.Eyeball(Head.EyeRadius);
        EyeColour = Parts.Eye(traits);
        CatchLight = Parts.Disc(Head.EyeRadius * 0.12f);
        Cavity = Parts.Cavity(traits);
        UpperTeeth = Parts.Teeth(traits, -0.018f, 0.06f);
        LowerTeeth = Parts.Teeth(traits, 0.004f, -0.06f);
        MouthAnchor = shape.At(0, traits.MouthY);
        Glasses = traits.Glasses ? Parts.Glasses(shape, Head.EyeCentre, Head.EyeRadius) : null;
        if (renderer == RendererVersion.Heads2) Fine = new FineHead(shape, Head, Glasses);
        else (Skin, Hair) = (SkinTexture.Paint(shape), HairShell.Create(shape));
        GlassesColour = Texture.Flat(traits.GlassesColour);
    }

    public HeadTraits Traits { get; }

    public HeadMesh Head { get; }

    /// <summary>What the second renderer draws in place of some of these; null for the first.</summary>
    public FineHead? Fine { get; }

    public Texture Skin { get; } = Texture.Flat(default);

    public (Mesh Mesh, Texture Texture)? Hair { get; }

    public Mesh Ears { get; }

    public Texture EarColour { get; }

    public Mesh Eyeball { get; }

    public Texture EyeColour { get; }

    public Mesh CatchLight { get; }

    public Mesh Cavity { get; }

    public Texture CavityColour { get; } = Parts.CavityColour();

    public Mesh UpperTeeth { get; }

    public Mesh LowerTeeth { get; }

    public Texture TeethColour { get; } = Parts.TeethColour();

    /// <summary>The middle of the closed mouth.</summary>
    public System.Numerics.Vector3 MouthAnchor { get; }

    public Mesh? Glasses { get; }

    public Texture GlassesColour { get; }
}
