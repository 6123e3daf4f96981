using NetGen.Maths;

namespace Policy;

/// <summary>
/// A cart on a track with a pole on a hinge that is pushed to the left or to the right fifty times a second (Barto, Sutton and Anderson,
/// "Neuronlike adaptive elements that can solve difficult learning control problems", 1983), with the constants and limits that others compare with,
/// CartPole-v1 of Gym.
/// </summary>
internal struct CartPole
{
    public const int StateLength = 4, MostSteps = 500;

    private const double Gravity = 9.8, CartMass = 1, PoleMass = 0.1, HalfLength = 0.5, Force = 10, Seconds = 0.02;
    private const double TrackEnd = 2.4, MostLean = 12 * Math.PI / 180;

    private double _position, _speed, _angle, _turning;

    /// <summary>A pole that stands nearly upright.</summary>
    public CartPole(ref RandomStream random)
    {
        (_position, _speed, _angle, _turning) = (Little(ref random), Little(ref random), Little(ref random), Little(ref random));

        static double Little(ref RandomStream random) => 0.1 * random.NextDouble() - 0.05;
    }

    /// <summary>Metres from the middle of the track.</summary>
    public readonly double Position => _position;

    /// <summary>Radians from upright, to the right.</summary>
    public readonly double Angle => _angle;

    /// <summary>Position and angle with their speeds.</summary>
    public readonly void Look(Span<float> state)
    {
        (state[0], state[1]) = ((float)_position, (float)_speed);
        (state[2], state[3]) = ((float)_angle, (float)_turning);
    }

    /// <summary>Pushes for a fiftieth of a second; false once the pole has fallen or the cart has left the track.</summary>
    public bool Push(bool right)
    {
        const double Mass = CartMass + PoleMass;
        (double sin, double cos) = Math.SinCos(_angle);
        double pushed = ((right ? Force : -Force) + PoleMass * HalfLength * _turning * _turning * sin) / Mass;
        double turn = (Gravity * sin - cos * pushed) / (HalfLength * (4.0 / 3 - PoleMass * cos * cos / Mass));
        double acceleration = pushed - PoleMass * HalfLength * turn * cos / Mass;
        _position += Seconds * _speed;
        _speed += Seconds * acceleration;
        _angle += Seconds * _turning;
        _turning += Seconds * turn;
        return Math.Abs(_position) <= TrackEnd && Math.Abs(_angle) <= MostLean;
    }
}
