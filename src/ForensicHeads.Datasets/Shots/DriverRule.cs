namespace ForensicHeads.Datasets.Shots;

/// <summary>Where driver frames may come from.</summary>
public enum DriverRule
{
    /// <summary>Another video than the shots where the person has one, else the same video at least the gap away from every shot.</summary>
    OtherVideoElseGap,

    /// <summary>Another video only; people with one video give no plan.</summary>
    OtherVideoOnly,

    /// <summary>The shots' own video, at least the gap away from every shot, even where there are others.</summary>
    SameVideo,
}
