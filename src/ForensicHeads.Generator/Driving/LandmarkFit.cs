namespace ForensicHeads.Generator.Driving;

/// <summary>How a driver's landmarks reach the head.</summary>
public enum LandmarkFit
{
    /// <summary>As they are: the head takes on the driver's proportions.</summary>
    None,

    /// <summary>Fitted to the face shape that the shots show.</summary>
    Shape,
}
