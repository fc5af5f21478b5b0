namespace ForensicHeads.Datasets.Procedural;

/// <summary>Everything of a person that no video changes: meshes and textures. Immutable, shared between threads.</summary>
internal sealed class HeadModel
{
    public HeadModel(HeadTraits traits)
    {
        Traits = traits;
        var shape = new FaceShape(traits);
        Head = new HeadMesh(shape);
        Skin = SkinTexture.Paint(shape);
        Hair = HairShell.Create(shape);
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
        GlassesColour = Texture.Flat(traits.GlassesColour);
    }

    public HeadTraits Traits { get; }

    public HeadMesh Head { get; }

    public Texture Skin { get; }

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
