namespace ForensicHeads.Cli.Heads;

/// <summary>The <c>STORE:VIDEO</c> of the command line.</summary>
internal static class StoreVideo
{
    /// <summary>Opens the store and finds the video. The last colon parts them: folders may hold colons.</summary>
    /// <exception cref="UserErrorException">Not of that form (exit code 2), no such store, or no such video.</exception>
    public static DriverVideo Open(CommandRun run, string option, string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 1 || colon == text.Length - 1) throw new UserErrorException($"{option} is '{text}'; give a store and one of its videos as STORE:VIDEO, such as data/heads:p00000-v0{(option == "--drive" ? ", or a file that exists" : "")}.", exitCode: 2);
        return DriverVideo.Of(run.OpenStore(text[..colon]), text[(colon + 1)..]);
    }
}
