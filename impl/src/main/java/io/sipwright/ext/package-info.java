/**
 * What stacks, providers, dialogs, transactions, events and listeners can do beyond JAIN SIP 1.2.
 * Nothing but interfaces and events: the objects that {@code javax.sip} hands out can be cast to
 * them.
 *
 * <pre>
 * ExtendedStack stack = (ExtendedStack) SipFactory.getInstance().createSipStack(properties);
 * ExtendedDialog dialog = (ExtendedDialog) event.getDialog();
 * </pre>
 */
@NullMarked
package io.sipwright.ext;

import org.jspecify.annotations.NullMarked;
