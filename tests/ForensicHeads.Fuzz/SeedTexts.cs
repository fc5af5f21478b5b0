namespace ForensicHeads.Fuzz;

/// <summary>Good files that are texts.</summary>
internal static class SeedTexts
{
    /// <summary>A manifest of two files, <c>ann/a.mp4</c> and <c>ann/b.mp4</c>.</summary>
    public static byte[] Manifest =>
        [
            .. "file,identity,label,generator,licence,may_generate,group\n"u8,
            .. "ann/a.mp4,ann,real,,\"CC BY 4.0, see page\",yes,g1\n"u8, .. "ann/b.mp4,bob,generated,few-shot,,no,g2\n"u8,
        ];

    /// <summary>One consent record.</summary>
    public static byte[] Consent => """[{"identity":"ann","basis":"consent","scope":["self-reenactment","research"],"expires":"2099-12-31","contact":"ann@example.org"}]"""u8.ToArray();

    /// <summary>A small experiment whose store is a parameter; its weights are called <c>nowhere</c>.</summary>
    public static byte[] Experiment => """{"name":"x","description":"Rendered people, one condition, two shot counts, a few trees: as small an experiment as there can be. It is long in words alone, so that bits may change in it without a change of what is asked for, and a mutant comes as far as the people of the store.","store":"{store}","generator":{"weights":["nowhere"]},"roles":{"train":3,"validation":2,"calibration":1,"test":3},"shots":[1,2],"driver_frames":3,"adapt":{"updates":2,"batch":2},"conditions":["clean"],"detector":{"trees":10,"rows_per_leaf":2},"permutations":200}"""u8.ToArray();
}
