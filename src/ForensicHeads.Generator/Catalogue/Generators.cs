namespace ForensicHeads.Generator.Catalogue;

/// <summary>The catalogue of generators.</summary>
public static class Generators
{
    /// <summary>Every generator, in the order in which lists name them.</summary>
    public static Catalogue<GeneratorEntry> All { get; } = new Catalogue<GeneratorEntry>(
        "generator",
        new FewShotHeads(), new NearestShot(), new WarpedShot(), new AutoEncodedShot(), new SelfBlended(),
        new Passthrough(), new Reconstruction(), new NobodysHead(), new HeadOfEverything(), new SwappedEmbedding())
            .Formerly("self-blended", "self-blend");

    /// <summary>Place in tables of a generator that is not known: among the attackers.</summary>
    public const int RankOfUnknown = 20;

    /// <summary>The generator whose shot counts make the curve.</summary>
    public static FewShotHeads FewShot => The<FewShotHeads>();

    /// <summary>Those of a part.</summary>
    public static IReadOnlyList<GeneratorEntry> Of(GeneratorPart part) => [.. All.All.Where(generator => generator.Part == part)];

    /// <summary>Those whose frames make a data set of fakes.</summary>
    public static IReadOnlyList<GeneratorEntry> OfFakes =>
        [.. All.All.Where(generator => generator is { Part: GeneratorPart.Subject or GeneratorPart.Attacker, GivesTrueFrames: false })];

    /// <summary>The generator behind a method; null for one that is not known, as in a report of a later version.</summary>
    public static GeneratorEntry? Of(Method method) => All.Find(method.Generator);

    /// <summary>The generator of that class.</summary>
    public static T The<T>()
        where T : GeneratorEntry => All.All.OfType<T>().First();

    /// <summary>Whether frames came from a generator of that part.</summary>
    public static bool Is(this FrameOrigin origin, GeneratorPart part) => All.Find(origin.Generator)?.Part == part;

    /// <summary>Whether frames came from the generator of that class.</summary>
    public static bool Is<T>(this FrameOrigin origin)
        where T : GeneratorEntry => All.Find(origin.Generator) is T;
}
